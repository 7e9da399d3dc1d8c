// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { createElement } from 'react';
import { afterEach, expect, it } from 'vitest';
import { fakeClock, turn } from '../../clients/core/src/testing/fake-clock.ts';
import { scriptedServer } from '../../clients/core/src/testing/scripted-server.ts';
import { createBoardClient } from '../golden/board/out/board.client.gen.ts';
import {
  BoardProvider,
  useBoard,
  useBoardConnection,
  useBoardEvent,
  useBoardRequest,
  useCardAdded,
  useConfirm,
} from '../golden/board/out/board.react.gen.ts';

afterEach(cleanup);

const card = {
  id: '7f0b1c8e-5a52-4c0a-9d53-0f4f5c1f2a11',
  text: 'Milk',
  colour: 'blue',
  createdAt: '2026-01-01T00:00:00.000Z',
};

it('a page of generated hooks joins, listens, asks and answers', async () => {
  const server = scriptedServer();
  const client = createBoardClient({ io: server.io, clock: fakeClock(), auth: () => ({ token: 't' }) });
  const heard: string[] = [];
  const answers: unknown[] = [];
  let add!: () => void;
  function Page() {
    const phase = useBoardConnection((now) => now.phase);
    const board = useBoard({ boardId: 'b' });
    const request = useBoardRequest('card:add');
    useCardAdded((event) => heard.push(`${board.phase} ${event.card.createdAt.getFullYear()}`), {
      room: board,
    });
    useBoardEvent('notice', ({ text }) => heard.push(text));
    useConfirm(({ question }) => ({ yes: question === 'Sure?' }));
    add = () => void request.send({ boardId: 'b', text: 'Milk' });
    return [phase, board.phase, board.data?.cards.length, request.status, request.data?.text].join(' ');
  }
  const settle = (what: () => unknown) =>
    act(async () => {
      await turn();
      await what();
      await turn();
    });

  const { container } = render(createElement(BoardProvider, { client }, createElement(Page)));
  await settle(server.accept);
  expect(server.handshakes).toMatchObject([{ token: 't', sockeye: { contract: 'board' } }]);
  await settle(() => server.take('board:join').ack({ ok: true, data: { cards: [card] } }));
  expect(container.textContent).toBe('connected joined 1 idle ');
  await settle(() => {
    server.push('card:added', { card }, { room: 'board:b' });
    server.push('notice', { text: 'Hello' });
    server.push('confirm', { question: 'Sure?' }, (answer: unknown) => answers.push(answer));
  });
  expect(heard).toEqual(['joined 2026', 'Hello']);
  expect(answers).toEqual([{ ok: true, data: { yes: true } }]);
  await settle(add);
  await settle(() => server.take('card:add').ack({ ok: true, data: card }));
  expect(container.textContent).toBe('connected joined 1 success Milk');
});
