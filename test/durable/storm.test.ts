import { defineClient, type ClientBase, type ClientOptions, type RoomBase } from '@sockeye/client';
import { durable } from '@sockeye/client/codegen';
import { memoryLog } from '@sockeye/server/stores/memory';
import { expect, onTestFinished, test } from 'vitest';
import { publish, range, serve, table } from './served.ts';

const clients = 300;
const missed = 100;

interface Board extends RoomBase {
  readonly on: (event: string, handler: (card: { readonly n: number }) => void) => () => void;
}
interface Cards extends ClientBase {
  readonly board: (params: { boardId: string }) => Board;
}
const create = defineClient<ClientOptions, Cards>(table, { durable });

test(`${clients} clients that are cut at once are live again, and the log is hardly read`, async () => {
  const memory = memoryLog();
  // Of the board: everyone has a room of his own besides, which is read once or twice.
  let reads = 0;
  const log: typeof memory = {
    ...memory,
    read: (room, ...rest) => {
      if (room === 'cards:board:b1') reads += 1;
      return memory.read(room, ...rest);
    },
  };
  const node = await serve({ log, durable: { checkMs: 2_000 } });
  const heard = await Promise.all(
    range(1, clients).map(async (n) => {
      const client = create({
        url: `http://127.0.0.1:${node.port}`,
        auth: () => ({ token: `user${n}` }),
        backoff: { minMs: 100, maxMs: 1_000 },
      });
      onTestFinished(() => client.close());
      client.connect();
      const board = client.board({ boardId: 'b1' });
      const numbers: number[] = [];
      const live = new Promise<number>((resolve) => {
        board.on('card:added', ({ n: at }) => {
          if (numbers.push(at) === missed) resolve(performance.now());
        });
      });
      expect((await board.join().ready).ok).toBe(true);
      return { numbers, live };
    }),
  );
  let cuts = 0;
  node.io.on('connection', (socket) => socket.on('disconnect', () => (cuts += 1)));
  reads = 0;
  const cutAt = performance.now();
  for (const socket of node.io.sockets.sockets.values()) socket.conn.close(true);
  await publish(node, 1, missed);
  const took = Math.max(...(await Promise.all(heard.map(({ live }) => live)))) - cutAt;
  // eslint-disable-next-line no-console -- the figures are what the test is read for
  console.info(`${clients} clients: live after ${Math.round(took)} ms, ${reads} reads of the log`);
  for (const { numbers } of heard) expect(numbers).toEqual(range(1, missed));
  expect(took).toBeLessThan(5_000);
  expect(reads).toBeLessThanOrEqual(3);
  expect(cuts).toBe(0);
}, 20_000);
