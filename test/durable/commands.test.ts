import { memoryLog } from '@sockeye/server/stores/memory';
import { describe, expect, test } from 'vitest';
import { withFailPoints, type FailPoints } from './fail-points.ts';
import { connect, room, serve, type Ctx } from './served.ts';

const add = { boardId: 'b1', n: 1 };

/** A handler that counts its runs. */
function counting(work: (ctx: Ctx, run: number) => unknown = () => undefined) {
  const counter = { runs: 0 };
  const handler = async ({ n }: { n: number }, ctx: Ctx) => {
    const run = (counter.runs += 1);
    const answer = await work(ctx, run);
    return answer ?? { n, run };
  };
  return { counter, handlers: { 'card:add': handler } };
}

test('a command takes effect once, and every attempt gets its answer', async () => {
  const { counter, handlers } = counting();
  const node = await serve({ handlers });
  const ann = await connect(node);
  const first = await ann.ask('card:add', add, { id: 'k1' });
  expect(first).toEqual({ ok: true, data: { n: 1, run: 1 } });
  ann.close();
  const again = await connect(node);
  expect(await again.ask('card:add', { n: 1, boardId: 'b1' }, { id: 'k1' })).toEqual(first);
  expect(await again.ask('card:add', add, { id: 'k2' })).toEqual({ ok: true, data: { n: 1, run: 2 } });
  expect(counter.runs).toBe(2);
});

test('without a key it is an ordinary call', async () => {
  const { counter, handlers } = counting();
  const ann = await connect(await serve({ handlers }));
  await ann.ask('card:add', add);
  await ann.ask('card:add', add);
  expect(counter.runs).toBe(2);
});

test('another payload under the same key is a conflict', async () => {
  const { counter, handlers } = counting();
  const ann = await connect(await serve({ handlers }));
  await ann.ask('card:add', add, { id: 'k' });
  const other = await ann.ask('card:add', { ...add, n: 2 }, { id: 'k' });
  expect(other).toMatchObject({ ok: false, error: { code: 'CONFLICT', retryable: false } });
  expect(counter.runs).toBe(1);
});

test("another user's key is another key", async () => {
  const { handlers } = counting();
  const node = await serve({ handlers });
  const [ann, bob] = [await connect(node), await connect(node, { token: 'bob' })];
  await ann.ask('card:add', add, { id: 'k' });
  expect(await bob.ask('card:add', { ...add, n: 2 }, { id: 'k' })).toMatchObject({ data: { n: 2, run: 2 } });
});

test('the same key on two nodes at the same instant takes effect once', async () => {
  const log = memoryLog();
  const { counter, handlers } = counting(() => new Promise((resolve) => setImmediate(resolve)));
  const nodes = [await serve({ log, handlers }), await serve({ log, handlers })];
  const clients = await Promise.all(nodes.map((node) => connect(node)));
  for (let pair = 0; pair < 100; pair += 1) {
    const answers = await Promise.all(clients.map((each) => each.ask('card:add', add, { id: `k${pair}` })));
    expect(answers[0]).toEqual(answers[1]);
  }
  expect(counter.runs).toBe(100);
});

test('a handler that works for longer than its lease keeps its command', async () => {
  const log = memoryLog();
  const { counter, handlers } = counting(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const durable = { leaseMs: 60 };
  const nodes = [await serve({ log, handlers, durable }), await serve({ log, handlers, durable })];
  const clients = await Promise.all(nodes.map((node) => connect(node)));
  const answers = await Promise.all(clients.map((each) => each.ask('card:add', add, { id: 'k' })));
  expect(answers[0]).toEqual({ ok: true, data: { n: 1, run: 1 } });
  expect(answers[1]).toEqual(answers[0]);
  expect(counter.runs).toBe(1);
});

test('a command whose node died is taken over when the lease ends', async () => {
  const log = memoryLog();
  const { counter, handlers } = counting();
  const node = await serve({ log, handlers, durable: { leaseMs: 50 } });
  const claim = log.claim.bind(log);
  let asked = 0;
  // The first claim is that of a node that dies right after it.
  log.claim = (bid) => (asked++ === 0 ? claim({ ...bid, token: 'dead' }).then(() => claim(bid)) : claim(bid));
  const ann = await connect(node);
  expect(await ann.ask('card:add', add, { id: 'k' })).toMatchObject({ ok: true });
  expect(counter.runs).toBe(1);
  expect(asked).toBeGreaterThan(1);
});

test('a command that failed can be tried again', async () => {
  const { handlers } = counting((ctx, run) => {
    if (run === 1) return ctx.fail('UNAVAILABLE');
    if (run === 2) throw new Error('broken');
    return undefined;
  });
  const ann = await connect(await serve({ handlers }));
  expect(await ann.ask('card:add', add, { id: 'k' })).toMatchObject({ error: { code: 'UNAVAILABLE' } });
  expect(await ann.ask('card:add', add, { id: 'k' })).toMatchObject({ error: { code: 'INTERNAL' } });
  expect(await ann.ask('card:add', add, { id: 'k' })).toMatchObject({ data: { run: 3 } });
});

describe('in a transaction', () => {
  const inTransaction = counting((ctx, run) =>
    ctx.transaction((tx) => {
      tx.board({ boardId: 'b1' }).publish('card:added', { n: run });
      return { n: 1, run };
    }),
  );

  test('effect and answer are kept together, the answer after the commit', async () => {
    const points: FailPoints = {};
    const log = memoryLog();
    const node = await serve({ log: withFailPoints(log, points), handlers: inTransaction.handlers });
    const ann = await connect(node);
    await ann.join(null);
    let offsetAtCommit = 0;
    points.committed = () =>
      void log.heads([`cards:${room}`]).then(([head]) => (offsetAtCommit = head!.offset));
    const answer = await ann.ask('card:add', add, { id: 'k' });
    expect(offsetAtCommit).toBe(1);
    expect(await ann.ask('card:add', add, { id: 'k' })).toEqual(answer);
    await ann.until(() => ann.numbers().length === 1);
    expect((await log.heads([`cards:${room}`]))[0]!.offset).toBe(1);
  });

  test('a crash after the commit leaves the answer for the next attempt', async () => {
    const points: FailPoints = {};
    const log = memoryLog();
    const { counter, handlers } = counting((ctx, run) =>
      ctx.transaction((tx) => {
        tx.board({ boardId: 'b1' }).publish('card:added', { n: run });
        return { n: 1, run };
      }),
    );
    const [first, second] = [
      await serve({ log: withFailPoints(log, points), handlers }),
      await serve({ log, handlers }),
    ];
    const ann = await connect(first);
    points.committed = () => {
      throw new Error('gone');
    };
    expect(await ann.ask('card:add', add, { id: 'k' })).toMatchObject({ error: { code: 'INTERNAL' } });
    const again = await connect(second);
    expect(await again.ask('card:add', add, { id: 'k' })).toEqual({ ok: true, data: { n: 1, run: 1 } });
    expect(counter.runs).toBe(1);
    expect((await log.heads([`cards:${room}`]))[0]!.offset).toBe(1);
  });

  test('a failure that its work returns undoes everything', async () => {
    const { handlers } = counting((ctx) =>
      ctx.transaction((tx) => {
        tx.board({ boardId: 'b1' }).publish('card:added', { n: 1 });
        return ctx.fail('CONFLICT');
      }),
    );
    const node = await serve({ handlers });
    const ann = await connect(node);
    expect(await ann.ask('card:add', add, { id: 'k' })).toMatchObject({ error: { code: 'CONFLICT' } });
    expect((await node.log.heads([`cards:${room}`]))[0]!.offset).toBe(0);
  });

  test('an event that does not match the contract undoes everything, also outside of handlers', async () => {
    const node = await serve();
    const failed = node.cards.transaction((tx) => {
      tx.board({ boardId: 'b1' }).publish('card:added', { n: 1 });
      tx.board({ boardId: 'b1' }).publish('card:added', { n: 'x' });
    });
    await expect(failed).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
    expect((await node.log.heads([`cards:${room}`]))[0]!.offset).toBe(0);
    expect(await node.cards.transaction(() => 7)).toBe(7);
  });
});
