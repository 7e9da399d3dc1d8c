import { defineClient, type ClientBase, type ClientOptions, type RoomBase } from '@sockeye/client';
import { durable, rooms } from '@sockeye/client/codegen';
import { memoryLog } from '@sockeye/server/stores/memory';
import { expect, onTestFinished, test } from 'vitest';
import { connect, publish, range, room, serve, table } from './served.ts';

const clients = 300;
const missed = 100;

interface Board extends RoomBase {
  readonly on: (event: string, handler: (card: { readonly n: number }) => void) => () => void;
}
interface Cards extends ClientBase {
  readonly board: (params: { boardId: string }) => Board;
}
const create = defineClient<ClientOptions, Cards>(table, { durable, rooms });

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
  expect(took).toBeLessThan(15_000);
  expect(reads).toBeLessThanOrEqual(3);
  expect(cuts).toBe(0);
}, 20_000);

test('a node that has just begun reads each room once for everyone who comes back to it', async () => {
  const memory = memoryLog();
  const asked: (readonly [after: number, limit: number])[] = [];
  const log: typeof memory = {
    ...memory,
    read: (name, after, limit) => {
      if (name === `cards:${room}`) asked.push([after, limit]);
      return memory.read(name, after, limit);
    },
  };
  await publish(await serve({ log }), 1, 300);
  const { epoch, entries } = await memory.read(`cards:${room}`, 0, 300);
  const fresh = await serve({ log, durable: { checkMs: 60_000 } });
  asked.length = 0;
  const come = async (offset: number) => {
    const client = await connect(fresh, { token: `user${offset}` });
    await client.join({ epoch, offset, id: entries[offset - 1]!.id });
    await client.until(() => client.numbers().length === 300 - offset);
    expect(client.numbers()).toEqual(range(offset + 1, 300));
    expect(client.starts()).toMatchObject([{ recovered: true, offset }]);
    expect(client.faults).toEqual([]);
  };
  await Promise.all([299, 280, 250, 200, 260].map(come));
  expect(asked).toEqual([[172, 128]]);
  // Further back than is kept now: twice as far again, and no further.
  for (const offset of [150, 101, 60, 20]) await come(offset);
  expect(asked).toEqual([
    [172, 128],
    [0, 172],
  ]);
});

test('a node that has just begun knows no place that the log has lost, and none that never was', async () => {
  const short = {
    ...table.rooms['board']!,
    log: { history: 'full', keep: 50, maxAgeMs: 86_400_000 },
  } as const;
  const shortTable = { ...table, rooms: { ...table.rooms, board: short } };
  const log = memoryLog();
  const old = await serve({ log, table: shortTable });
  await publish(old, 1, 40);
  const { epoch, entries } = await log.read(`cards:${room}`, 0, 40);
  await publish(old, 41, 80);
  const fresh = await serve({ log, table: shortTable });
  const come = async (offset: number, id = entries[offset - 1]!.id) => {
    const client = await connect(fresh);
    await client.join({ epoch, offset, id });
    await client.until(() => client.starts().length === 1);
    return client;
  };
  const [lost, forged] = [await come(20), await come(35, 'forged')];
  for (const client of [lost, forged]) {
    expect(client.starts()).toMatchObject([{ recovered: false, offset: 80 }]);
    expect(client.numbers()).toEqual([]);
  }
  const known = await come(35);
  await known.until(() => known.numbers().length === 45);
  expect(known.starts()).toMatchObject([{ recovered: true, offset: 35 }]);
});
