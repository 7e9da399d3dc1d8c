import { cleanup, render } from '@testing-library/react';
import { Activity, useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { skipToken } from './skip-token.ts';
import { Board, useBoard } from './testing/board-react.ts';
import { page } from './testing/setup.tsx';

afterEach(cleanup);

const card = { id: 'c1', text: 'Milk', createdAt: '2026-01-01T00:00:00.000Z' };

it('calls the handler of the latest render, once per event, also under StrictMode', async () => {
  const { wrap, settle, connect, server } = page();
  await connect();
  const heard: string[] = [];
  function Notices({ name }: { name: string }) {
    Board.useEvent('notice', ({ text }: { text: string }) => heard.push(`${name}: ${text}`));
    return null;
  }
  const { rerender } = render(wrap(<Notices name="old" />), { reactStrictMode: true });
  await settle(() => server.push('notice', { text: 'one' }));
  rerender(wrap(<Notices name="new" />));
  await settle(() => server.push('notice', { text: 'two' }));
  expect(heard).toEqual(['old: one', 'new: two']);
});

it('hears every event of a burst of 100, and renders a few times', async () => {
  const { show, settle, connect, server } = page();
  await connect();
  let renders = 0;
  function Log() {
    const [texts, add] = useState<readonly string[]>([]);
    Board.useEvent('notice', ({ text }: { text: string }) => add((all) => [...all, text]));
    renders++;
    return <p>{texts.length}</p>;
  }
  const { container } = show(<Log />, false);
  const before = renders;
  await settle(() => {
    for (let index = 0; index < 100; index++) server.push('notice', { text: String(index) });
  });
  expect(container.textContent).toBe('100');
  expect(renders - before).toBeLessThanOrEqual(4);
});

it('hears one room alone, follows when it is another, and nothing when it is skipped', async () => {
  const { wrap, settle, connect, server } = page();
  await connect();
  const heard: string[] = [];
  function Cards({ id }: { id?: string }) {
    const board = useBoard(id === undefined ? skipToken : { boardId: id });
    Board.useEvent('card:added', (_, { room }) => heard.push(`${id} ${room}`), { room: board });
    return null;
  }
  const push = (id: string) => server.push('card:added', { card }, { room: `board:${id}` });
  const join = () => server.take('board:join').ack({ ok: true, data: { title: '' } });
  const { rerender } = render(wrap(<Cards />));
  await settle(() => push('a'));
  rerender(wrap(<Cards id="a" />));
  await settle(join);
  await settle(() => [push('a'), push('b')]);
  rerender(wrap(<Cards id="b" />));
  await settle(join);
  await settle(() => [push('a'), push('b')]);
  expect(heard).toEqual(['a board:a', 'b board:b']);
});

it('leaves the handlers of other components alone when one is gone, or hidden', async () => {
  const { wrap, settle, connect, server } = page();
  await connect();
  const heard: string[] = [];
  function Notices({ name }: { name: string }) {
    Board.useEvent('notice', () => heard.push(name));
    return null;
  }
  const at = (mode: 'hidden' | 'visible', more: boolean) =>
    wrap(
      <>
        <Notices name="stays" />
        {more && <Notices name="goes" />}
        <Activity mode={mode}>
          <Notices name="hides" />
        </Activity>
      </>,
    );
  const push = () => server.push('notice', { text: '' });
  const { rerender } = render(at('visible', true));
  await settle(push);
  rerender(at('hidden', false));
  await settle(push);
  rerender(at('visible', false));
  await settle(push);
  expect(heard).toEqual(['stays', 'goes', 'hides', 'stays', 'stays', 'hides']);
});

it("answers the server's questions while mounted", async () => {
  const { wrap, settle, connect, server } = page();
  await connect();
  const answers: unknown[] = [];
  function Confirm({ yes }: { yes: boolean }) {
    Board.useAnswer('confirm', async () => ({ yes }));
    return null;
  }
  const ask = () => server.push('confirm', { question: '?' }, (answer: unknown) => answers.push(answer));
  const { rerender } = render(wrap(<Confirm yes={false} />), { reactStrictMode: true });
  rerender(wrap(<Confirm yes />));
  await settle(ask);
  expect(answers).toEqual([{ ok: true, data: { yes: true } }]);
});

it('leaves nothing behind after 1,000 mounts and unmounts', async () => {
  const { client, wrap, settle, clock, connect } = page();
  await connect();
  let listeners = 0;
  const on = client.on;
  const counted = {
    ...client,
    on: (...args: Parameters<typeof on>) => {
      const stop = on(...args);
      listeners++;
      return () => {
        listeners--;
        stop();
      };
    },
  };
  function Everything({ id }: { id: string }) {
    const board = useBoard({ boardId: id });
    Board.useConnection();
    Board.useRequest('card:add');
    Board.useEvent('notice', () => undefined);
    Board.useEvent('card:added', () => undefined, { room: board });
    Board.useAnswer('confirm', () => ({ yes: true }));
    return null;
  }
  const { rerender } = render(<Board.Provider client={counted}>{null}</Board.Provider>);
  const timers = clock.timers();
  for (let index = 0; index < 1_000; index++) {
    rerender(
      <Board.Provider client={counted}>
        <Everything id={`b${index % 3}`} key={index} />
      </Board.Provider>,
    );
  }
  expect(listeners).toBe(1);
  rerender(wrap(null));
  await settle(() => clock.advance(60_000));
  expect({ listeners, timers: clock.timers() }).toEqual({ listeners: 0, timers });
});
