import {
  defineClient,
  storedCursors,
  type ClientBase,
  type ClientOptions,
  type CollectionStore,
  type EventMeta,
  type Result,
  type RoomBase,
  type StoredCursor,
} from '@sockeye/client';
import { collection, durable, once, projections, rooms } from '@sockeye/client/codegen';
import { expect, it, onTestFinished } from 'vitest';
import { memoryStorage } from '../../clients/core/src/testing/log-client.ts';
import { publish, range, room, serve, table, type Node } from '../durable/served.ts';
import { until } from './board-server.ts';

type Heard = (payload: { readonly n: number }, meta: EventMeta) => void;

interface Board extends RoomBase {
  readonly cards: CollectionStore<{ n: number }, number>;
  readonly on: (event: string, handler: Heard) => () => void;
}
interface Cards extends ClientBase {
  readonly board: (params: { boardId: string }) => Board;
  readonly on: (event: string, handler: Heard) => () => void;
  readonly cardAdd: (payload: { boardId: string; n: number }) => Promise<Result<{ n: number; run: number }>>;
}

const create = defineClient<ClientOptions, Cards>(
  {
    ...table,
    projections: { cards: collection({ room: 'board', key: 'n', upsert: { 'card:added': true } }) },
  },
  { durable, once, projections, rooms },
);

function clientOf({ port }: Node, options: ClientOptions = {}): Cards {
  const client = create({
    url: `http://127.0.0.1:${port}`,
    auth: () => ({ token: 'ann' }),
    backoff: { minMs: 2, maxMs: 10 },
    lingerMs: 20,
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

/** A client in board `b1`, with what it hears. */
async function inBoard(node: Node, options?: ClientOptions) {
  const client = clientOf(node, options);
  const board = client.board({ boardId: 'b1' });
  const heard: number[] = [];
  const replayed: number[] = [];
  let look = (): void => undefined;
  board.on('card:added', ({ n }, meta) => {
    heard.push(n);
    if (meta.replayed) replayed.push(n);
    look();
  });
  const { ready } = board.join();
  expect((await ready).ok).toBe(true);
  const hears = (last: number) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (heard.at(-1) === last) resolve();
      };
      look();
    });
  return { client, board, heard, replayed, hears };
}

/** Ends every transport, as a proxy that goes away does. */
function cut({ io }: Node): void {
  for (const socket of io.sockets.sockets.values()) socket.conn.close();
}

it('what was missed is replayed, in order, nothing lost and nothing twice', async () => {
  const node = await serve();
  const { board, heard, replayed, hears } = await inBoard(node);
  await publish(node, 1, 2);
  await hears(2);
  cut(node);
  await until(board.status, ({ phase }) => phase === 'waiting');
  await publish(node, 3, 5);
  await hears(5);
  await publish(node, 6);
  await hears(6);
  expect(heard).toEqual(range(1, 6));
  expect(replayed).toEqual([3, 4, 5]);
  await until(board.status, ({ recovering }) => recovering === false);
});

it('30 cuts in a burst of 600 events lose none, repeat none and change no order', async () => {
  const node = await serve();
  const { heard, hears } = await inBoard(node);
  for (let part = 0; part < 30; part++) {
    await publish(node, part * 20 + 1, part * 20 + 20);
    cut(node);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await hears(600);
  expect(heard).toEqual(range(1, 600));
});

it('rows are loaded once, and brought up to date by the log after that', async () => {
  const node = await serve();
  let loads = 0;
  const load = () => {
    loads++;
    return [{ n: 0 }];
  };
  const { board, hears } = await inBoard(node, { projections: { cards: { load } } });
  board.cards.subscribe(() => undefined);
  await until(board.cards, ({ status }) => status === 'ready');
  for (const part of [1, 2, 3]) {
    cut(node);
    await until(board.status, ({ phase }) => phase === 'waiting');
    await publish(node, part);
    await hears(part);
  }
  expect([loads, board.cards.getSnapshot().rows.map(({ n }) => n)]).toEqual([1, range(0, 3)]);
});

it('a page that is loaded again goes on from the cursor that was stored', async () => {
  const node = await serve();
  const storage = memoryStorage<StoredCursor>();
  const cursors = storedCursors(storage);
  const first = await inBoard(node, { cursors });
  await publish(node, 1, 3);
  await first.hears(3);
  first.client.close();
  await publish(node, 4, 5);
  const next = await inBoard(node, { cursors });
  await next.hears(5);
  expect([next.heard, next.replayed]).toEqual([
    [4, 5],
    [4, 5],
  ]);
  expect(storage.kept.get(room)).toMatchObject({ offset: 3 });
});

it('a log that lost what the cursor points at makes the client load anew, and never replays a part', async () => {
  const node = await serve({ durable: { ring: 1 } });
  let loads = 0;
  let trimmed = Promise.resolve();
  const { board, heard, hears } = await inBoard(node, {
    auth: async () => {
      await trimmed;
      return { token: 'ann' };
    },
    projections: { cards: { load: () => [{ n: ++loads * 100 }] } },
  });
  board.cards.subscribe(() => undefined);
  await publish(node, 1, 2);
  await hears(2);
  let done = (): void => undefined;
  trimmed = new Promise((resolve) => (done = resolve));
  cut(node);
  await until(board.status, ({ phase }) => phase === 'waiting');
  await publish(node, 3, 9);
  await node.log.trim(`cards:${room}`, { keep: 2, maxAgeMs: 86_400_000 });
  done();
  await until(board.status, ({ phase }) => phase === 'joined');
  await publish(node, 10);
  await hears(10);
  expect(heard).toEqual([1, 2, 10]);
  await until(board.cards, ({ rows }) => rows.some(({ n }) => n === 200));
});

it('a command whose answer is lost is sent again, and takes effect once', async () => {
  let runs = 0;
  const node: Node = await serve({
    handlers: {
      'card:add': ({ n }: { n: number }) => {
        runs++;
        if (runs % 2) cut(node);
        return { n, run: runs };
      },
    },
  });
  const { client } = await inBoard(node);
  const results = await Promise.all(range(1, 10).map((n) => client.cardAdd({ boardId: 'b1', n })));
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(new Set(results.map((result) => result.ok && result.data.n))).toEqual(new Set(range(1, 10)));
  expect(runs).toBe(10);
});

it('a member who is put out is denied, and hears nothing after that', async () => {
  const node = await serve();
  const { board, heard } = await inBoard(node);
  node.cards.board({ boardId: 'b1' }).evict({ id: 'ann' });
  const { error } = await until(board.status, ({ phase }) => phase === 'denied');
  expect(error?.code).toBe('FORBIDDEN');
  await publish(node, 1);
  expect(heard).toEqual([]);
});

it('the room of a user is followed from the handshake on, over reconnects', async () => {
  const node = await serve();
  const client = clientOf(node);
  const heard: unknown[] = [];
  let look = (): void => undefined;
  client.on('notice', ({ n }, { replayed }) => {
    heard.push([n, replayed]);
    look();
  });
  const count = (wanted: number) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (heard.length === wanted) resolve();
      };
      look();
    });
  const tell = (n: number) => node.cards.user({ userId: 'ann' }).publish('notice', { n });
  client.connect();
  await until(client.connection, ({ phase }) => phase === 'connected');
  await tell(1);
  await count(1);
  cut(node);
  await until(client.connection, ({ phase }) => phase !== 'connected');
  await tell(2);
  await count(2);
  await tell(3);
  await count(3);
  expect(heard).toEqual([
    [1, false],
    [2, true],
    [3, false],
  ]);
});
