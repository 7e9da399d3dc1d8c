import type { EventLog } from '@sockeye/server/codegen';
import { memoryLog } from '@sockeye/server/stores/memory';
import { redisLog } from '@sockeye/server/stores/redis';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeWith, redis } from '../services.ts';
import { startRedis } from '../store/redis-server.ts';
import { connect, range, room, serve, type Client, type Ctx } from './served.ts';

const writers = 50;
const each = 20;

/** Adds a card in a transaction: what the answer says is stored with the event. */
const handlers = {
  'card:add': ({ boardId, n }: { boardId: string; n: number }, ctx: Ctx) =>
    ctx.transaction((tx) => {
      tx.board({ boardId }).publish('card:added', { n });
      return { n, run: 1 };
    }),
};

/** Everything that a client was told of the room, as one text an entry. */
function history(client: Client): readonly string[] {
  return client.heard.flatMap((frame) =>
    'meta' in frame && frame.meta.room === room
      ? [`${frame.meta.epoch} ${frame.meta.offset} ${frame.meta.id} ${frame.payload.n}`]
      : [],
  );
}

/** 50 writers at the same time, half of them on either node; readers on both. */
async function writeTogether(logs: readonly [EventLog, EventLog]): Promise<void> {
  const nodes = [await serve({ log: logs[0], handlers }), await serve({ log: logs[1], handlers })];
  const readers = await Promise.all(range(0, 5).map((n) => connect(nodes[n % 2]!, { token: `reader${n}` })));
  for (const reader of readers) expect(await reader.join(null)).toMatchObject({ ok: true });
  const clients = await Promise.all(
    range(0, writers - 1).map((n) => connect(nodes[n % 2]!, { token: `writer${n}` })),
  );
  const answers = await Promise.all(
    clients.flatMap((client, writer) =>
      range(1, each).map((turn) => {
        const n = writer * each + turn;
        return client.ask('card:add', { boardId: 'b1', n }, { id: `k${n}` });
      }),
    ),
  );
  expect(answers.filter((answer) => !(answer as { ok: boolean }).ok)).toEqual([]);
  await Promise.all(readers.map((reader) => reader.until(() => reader.numbers().length === writers * each)));
  const [first, ...others] = readers.map(history);
  expect(readers[0]!.numbers().toSorted((a, b) => a - b)).toEqual(range(1, writers * each));
  for (const other of others) expect(other).toEqual(first);
  expect(readers.flatMap(({ faults }) => faults)).toEqual([]);
}

describe('50 writers on two nodes make one history, the same for every reader', () => {
  test('in memory', async () => {
    const log = memoryLog();
    await writeTogether([log, log]);
  }, 20_000);

  describeWith(redis(), 'in Redis', (program) => {
    test('from two connections to it', async () => {
      const server = await startRedis(program);
      const links = [new Redis(server.url), new Redis(server.url)] as const;
      onTestFinished(async () => {
        for (const link of links) link.disconnect();
        await server[Symbol.asyncDispose]();
      });
      await writeTogether([redisLog({ redis: links[0] }), redisLog({ redis: links[1] })]);
    }, 20_000);
  });
});

test('events and answers of one connection come in the order in which they were made', async () => {
  const calls = 2_000;
  const node = await serve({
    handlers: {
      'card:add': async (card: { boardId: string; n: number }, ctx: Ctx) => {
        ctx.board(card).emit('cursor:moved', { n: card.n });
        const answer = await handlers['card:add'](card, ctx);
        ctx.board(card).emit('cursor:moved', { n: -card.n });
        return answer;
      },
    },
  });
  const ann = await connect(node);
  await ann.join(null);
  const order = new Map<number, string[]>(range(1, calls).map((n) => [n, []]));
  ann.socket.on('cursor:moved', ({ n }: { n: number }) =>
    order.get(Math.abs(n))!.push(n > 0 ? 'before' : 'after'),
  );
  ann.socket.on('card:added', ({ n }: { n: number }) => order.get(n)!.push('entry'));
  for (let from = 1; from <= calls; from += 100) {
    const batch = range(from, from + 99).map(async (n) => {
      await new Promise((resolve) => {
        ann.socket.emit('card:add', { boardId: 'b1', n }, { id: `k${n}` }, () => {
          order.get(n)!.push('answer');
          resolve(undefined);
        });
      });
    });
    await Promise.all(batch);
  }
  const wanted = ['before', 'entry', 'after', 'answer'].join();
  expect([...order].filter(([, came]) => came.join() !== wanted)).toEqual([]);
  expect(ann.faults).toEqual([]);
}, 20_000);
