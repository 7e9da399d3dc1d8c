import { fakeServer } from '@sockeye/client/testing';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createBoardClient, type BoardEvents } from '../golden/board/out/board.client.gen.ts';
import { BoardProvider } from '../golden/board/out/board.react.gen.ts';
import type { BoardParams, Card } from '../golden/board/out/board.types.gen.ts';
import { Page } from './readme.tsx';

const card = (id: string, text: string): Card => ({ id, text, colour: 'blue', createdAt: new Date() });
const milk = card('6f0b1c8e-5a52-4c0a-9d53-0f4f5c1f2a11', 'Milk');
const bread = card('7f0b1c8e-5a52-4c0a-9d53-0f4f5c1f2a11', 'Bread');

test('a board shows its cards, counts new ones, and says when it is full', async () => {
  const server = fakeServer<BoardEvents>({
    'board:join': ({ boardId }: BoardParams, { fail }) =>
      boardId === 'b1' ? { cards: [milk] } : fail('FORBIDDEN'),
    'card:add': (_payload, { fail }) => fail('BOARD_FULL', { limit: 1 }),
  });
  const client = createBoardClient({ auth: () => ({ token: 't' }), io: server.io });
  render(
    <BoardProvider client={client}>
      <Page />
    </BoardProvider>,
  );
  fireEvent.click(screen.getByText('Open a board'));
  await screen.findByText('Milk');

  server.emit('card:added', { card: bread }, { boardId: 'b1' });
  await screen.findByText('1 added, 0 waiting');

  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Eggs' } });
  fireEvent.click(screen.getByText('Add'));
  await screen.findByText('The board is full');
  expect(server.received.at(-1)).toEqual({ event: 'card:add', payload: { boardId: 'b1', text: 'Eggs' } });
});
