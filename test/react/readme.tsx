import { skipToken, useStore } from '@sockeye/react';
import { StrictMode, useState } from 'react';
import { createBoardClient } from '../golden/board/out/board.client.gen.ts';
import {
  BoardProvider,
  useBoard,
  useBoardClient,
  useBoardConnection,
  useBoardRequest,
  useCardAdded,
  useConfirm,
  type BoardBoardView,
} from '../golden/board/out/board.react.gen.ts';

// Outside of rendering. Nothing happens until a provider is mounted.
const client = createBoardClient({
  url: 'https://api.example.com',
  auth: async ({ reason }) => ({ token: await freshToken(reason === 'expired') }),
});

export function App() {
  return (
    <StrictMode>
      <BoardProvider client={client}>
        <Offline />
        <Page />
      </BoardProvider>
    </StrictMode>
  );
}

function Offline() {
  const offline = useBoardConnection(({ phase }) => phase === 'reconnecting');
  return offline && <p role="status">Reconnecting…</p>;
}

export function Page() {
  const [boardId, choose] = useState<string>();
  const board = useBoard(boardId === undefined ? skipToken : { boardId });
  useConfirm(({ question }) => ({ yes: window.confirm(question) }));

  if (board.room === undefined) return <button onClick={() => choose('b1')}>Open a board</button>;
  if (board.phase === 'denied') return <p>{board.error.code === 'FORBIDDEN' ? 'Not yours' : 'Try again'}</p>;
  return <Board board={board} />;
}

function Board({ board }: { board: BoardBoardView }) {
  const live = useBoardClient();
  const add = useBoardRequest('card:add');
  const [added, count] = useState(0);
  const [text, write] = useState('');
  const queued = useStore(live.connection, (now) => now.queued);
  useCardAdded(() => count(added + 1), { room: board }); // always the latest `added`

  const { boardId } = board.room.params;
  return (
    <section
      aria-busy={board.phase !== 'joined'}
      onPointerMove={({ clientX: x, clientY: y }) => live.cursorMove({ boardId, x, y })}
    >
      <p>{`${added} added, ${queued} waiting`}</p>
      <ul>
        {board.data?.cards.map((card) => (
          <li key={card.id}>{card.text}</li>
        ))}
      </ul>
      <input value={text} onChange={(event) => write(event.target.value)} />
      <button disabled={add.isPending} onClick={() => void add.send({ boardId, text })}>
        Add
      </button>
      {add.status === 'error' && (
        <p role="alert">{add.error.code === 'BOARD_FULL' ? 'The board is full' : add.error.message}</p>
      )}
    </section>
  );
}

declare function freshToken(force: boolean): Promise<string>;
