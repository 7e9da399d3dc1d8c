import { memoryLog } from '@sockeye/server/stores/memory';
import { expect, test } from 'vitest';
import { connect, publish, range, room, serve, table } from './served.ts';

test('a plain client gets durable events live, with their place in the log', async () => {
  const node = await serve();
  const ann = await connect(node, { generated: false });
  await publish(node, 1);
  expect(await ann.join()).toEqual({ ok: true, data: { head: 0 } });
  await publish(node, 2, 3);
  await ann.until(() => ann.numbers().length === 2);
  const [epoch] = (await node.log.heads([`cards:${room}`])).map((head) => head.epoch);
  expect(ann.heard).toEqual([
    { event: 'card:added', payload: { n: 2 }, meta: { room, epoch, offset: 2, id: expect.any(String) } },
    { event: 'card:added', payload: { n: 3 }, meta: { room, epoch, offset: 3, id: expect.any(String) } },
  ]);
});

test('a client without a cursor is told to load, and gets what comes after', async () => {
  const node = await serve();
  await publish(node, 1, 2);
  const ann = await connect(node);
  const answer = ann.join(null);
  await answer;
  expect(ann.starts()).toEqual([
    { room, epoch: expect.any(String), offset: 2, id: expect.any(String), head: 2, recovered: false },
  ]);
  await publish(node, 3);
  await ann.until(() => ann.numbers().length === 1);
  expect(ann.numbers()).toEqual([3]);
});

test('what is published while the join runs comes after the place that it began at', async () => {
  const node = await serve({
    handlers: {
      'board:join': async (_payload, ctx) => {
        await ctx.board({ boardId: 'b1' }).publish('card:added', { n: 10 });
        return { head: 1 };
      },
    },
  });
  const ann = await connect(node);
  await ann.join(null);
  await ann.until(() => ann.numbers().length === 1);
  expect(ann.starts()).toMatchObject([{ offset: 0, id: '', head: 1, recovered: false }]);
  expect(ann.numbers()).toEqual([10]);
  expect(ann.faults).toEqual([]);
});

test('a client that was away gets what it missed, then what is live', async () => {
  const node = await serve();
  const ann = await connect(node);
  await ann.join(null);
  await publish(node, 1, 3);
  await ann.until(() => ann.numbers().length === 3);
  const since = ann.cursor();
  ann.close();
  await publish(node, 4, 6);
  const again = await connect(node);
  await again.join(since);
  expect(again.starts()).toEqual([{ room, ...since!, head: 6, recovered: true }]);
  await publish(node, 7);
  await again.until(() => again.numbers().length === 4);
  expect(again.numbers()).toEqual([4, 5, 6, 7]);
  expect(again.faults).toEqual([]);
});

test('from the log itself, page by page, where memory does not reach back', async () => {
  const node = await serve({ durable: { ring: 4 }, backpressure: { maxPackets: 20 } });
  const ann = await connect(node);
  await ann.join(null);
  const since = ann.cursor();
  ann.close();
  await publish(node, 1, 200);
  const again = await connect(node);
  await again.join(since);
  await again.until(() => again.numbers().length === 200);
  expect(again.numbers()).toEqual(range(1, 200));
  expect(again.faults).toEqual([]);
});

test('a log that has been trimmed past a cursor is never told in part', async () => {
  const node = await serve({
    table: {
      ...table,
      rooms: {
        ...table.rooms,
        board: { ...table.rooms.board!, log: { history: 'full', keep: 5, maxAgeMs: 1e9 } },
      },
    },
    durable: { ring: 2 },
  });
  const ann = await connect(node);
  await ann.join(null);
  await publish(node, 1, 2);
  await ann.until(() => ann.numbers().length === 2);
  const since = ann.cursor()!;
  ann.close();
  await publish(node, 3, 20);
  const again = await connect(node);
  await again.join(since);
  expect(again.starts()).toMatchObject([{ offset: 20, head: 20, recovered: false }]);
  await publish(node, 21);
  await again.until(() => again.numbers().length > 0);
  expect(again.numbers()).toEqual([21]);
});

test.each<[string, unknown]>([
  ['of another epoch', { epoch: 'other', offset: 1, id: 'x' }],
  ['with another id', { offset: 1, id: 'x' }],
  ['after the head', { offset: 99, id: 'x' }],
  ['far beyond', { offset: Number.MAX_SAFE_INTEGER, id: '' }],
  ['of a room that is not its own', { room: 'board:other' }],
])('a cursor %s is answered with a new beginning', async (_, forged) => {
  const node = await serve();
  const other = await node.cards.board({ boardId: 'other' }).publish('card:added', { n: 0 });
  await publish(node, 1, 3);
  const [head] = await node.log.heads([`cards:${room}`]);
  const { room: wrong, ...fields } = forged as { room?: string };
  const since = wrong === undefined ? { ...head!, ...fields } : { ...other, room: undefined };
  const ann = await connect(node);
  await ann.join(since);
  expect(ann.starts()).toMatchObject([{ ...head, head: 3, recovered: false }]);
  await publish(node, 4);
  await ann.until(() => ann.numbers().length > 0);
  expect(ann.numbers()).toEqual([4]);
});

test.each<[string, unknown]>([
  ['a text', 'now'],
  ['a number', 3],
  ['a list', []],
  ['without an epoch', { offset: 1, id: '' }],
  ['with a negative offset', { epoch: 'e', offset: -1, id: '' }],
  ['with an offset of 1e308', { epoch: 'e', offset: 1e308, id: '' }],
  ['with an id of 10,000 letters', { epoch: 'e', offset: 1, id: 'x'.repeat(10_000) }],
])('a cursor that is none, %s, is refused', async (_, since) => {
  const node = await serve();
  const ann = await connect(node);
  expect(await ann.join(since as never)).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } });
  expect(ann.heard).toEqual([]);
});

test('a room of its own is followed from the handshake on', async () => {
  const node = await serve();
  const user = 'user:ann';
  const notify = (n: number) => node.cards.user({ userId: 'ann' }).publish('notice', { n });
  await notify(1);
  const ann = await connect(node, { since: {} });
  await ann.until(() => ann.starts(user).length === 1);
  expect(ann.starts(user)).toMatchObject([{ offset: 1, recovered: false }]);
  await notify(2);
  await ann.until(() => ann.numbers(user).length === 1);
  const since = { [user]: ann.cursor(user) };
  ann.close();
  await notify(3);
  const again = await connect(node, { since });
  await notify(4);
  await again.until(() => again.numbers(user).length === 2);
  expect(again.starts(user)).toMatchObject([{ offset: 2, recovered: true }]);
  expect(again.numbers(user)).toEqual([3, 4]);
  const malformed = await connect(node, { since: { [user]: { offset: -1 }, __proto__: { x: 1 } } });
  await malformed.until(() => malformed.starts(user).length === 1);
  expect(malformed.starts(user)).toMatchObject([{ recovered: false }]);
});

test('a client that asks anew is told from its cursor on', async () => {
  const node = await serve();
  const ann = await connect(node);
  await ann.join(null);
  const since = ann.cursor();
  await publish(node, 1, 3);
  await ann.until(() => ann.numbers().length === 3);
  expect(await ann.ask('sockeye:sync', { room, since })).toEqual({ ok: true, data: {} });
  await ann.until(() => ann.numbers().length === 6);
  expect(ann.numbers()).toEqual([1, 2, 3, 1, 2, 3]);
  expect(ann.starts()).toHaveLength(2);
  expect(ann.faults).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'INVALID_PAYLOAD'],
  ['a room that it is not in', { room: 'board:other', since: null }, 'NOT_IN_ROOM'],
  ['a room that does not exist', { room: '__proto__', since: null }, 'NOT_IN_ROOM'],
  ['its own connection', { room: '', since: null }, 'NOT_IN_ROOM'],
  ['a malformed cursor', { room: 'board:b1', since: { offset: 1 } }, 'INVALID_PAYLOAD'],
  ['no cursor', { room: 'board:b1' }, 'INVALID_PAYLOAD'],
])('asking anew for %s is refused', async (_, request, code) => {
  const node = await serve();
  const ann = await connect(node);
  await ann.join(null);
  expect(await ann.ask('sockeye:sync', request)).toMatchObject({ ok: false, error: { code } });
  node.io.emit('unrelated');
  expect(ann.starts()).toHaveLength(1);
});

test('asking anew again and again has a limit', async () => {
  const node = await serve();
  const ann = await connect(node);
  await ann.join(null);
  const answers = await Promise.all(
    range(1, 150).map(() => ann.ask('sockeye:sync', { room, since: ann.cursor() })),
  );
  expect(answers.filter((answer) => !(answer as { ok: boolean }).ok).length).toBeGreaterThan(20);
});

test('history since the join is told from then on, and not before', async () => {
  let memberSince = new Date();
  const { memberSince: member } = await import('@sockeye/server');
  let now = 1_000_000;
  const node = await serve({ log: memoryLog(() => now), authorize: () => member(memberSince) });
  const write = (n: number) => node.cards.diary({ boardId: 'd' }).publish('day:written', { n });
  const start = await write(1);
  now += 1_000;
  await write(2);
  memberSince = new Date(now + 500);
  now += 1_000;
  const third = await write(3);
  await write(4);
  const diary = 'diary:d';
  const { epoch, offset, id } = start;
  const ann = await connect(node);
  await ann.join({ epoch, offset, id }, { event: 'diary:join', boardId: 'd' });
  expect(ann.starts(diary)).toMatchObject([{ offset: 4, recovered: false }]);
  const bob = await connect(node);
  const since = { epoch: third.epoch, offset: third.offset, id: third.id };
  await bob.join(since, { event: 'diary:join', boardId: 'd' });
  await bob.until(() => bob.numbers(diary).length === 1);
  expect(bob.starts(diary)).toMatchObject([{ offset: 3, recovered: true }]);
  expect(bob.numbers(diary)).toEqual([4]);
});

test('a socket that the application puts into a room gets its durable events', async () => {
  const node = await serve();
  const ann = await connect(node, { generated: false });
  node.io.socketsJoin(room);
  // From the moment on at which this node follows the room.
  for (let n = 1; ann.numbers().length === 0; n += 1) {
    await publish(node, n);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ann.until(() => ann.numbers().length > 0);
});

test('a durable event is published, not emitted, to one whole room', async () => {
  const { cards } = await serve();
  const board = cards.board({ boardId: 'b1' });
  expect(() => board.emit('card:added', { n: 1 })).toThrow('durable. Use publish');
  await expect(board.publish('cursor:moved', { n: 1 })).rejects.toThrow('not a durable event');
  await expect(board.publish('card:added', { n: 'x' })).rejects.toThrow('does not match the contract');
  await expect(board.publish('notice', { n: 1 })).rejects.toThrow('can only be sent to a room "user"');
});

test('a key publishes once', async () => {
  const node = await serve();
  const board = node.cards.board({ boardId: 'b1' });
  const first = await board.publish('card:added', { n: 1 }, { key: 'k' });
  expect(await board.publish('card:added', { n: 2 }, { key: 'k' })).toEqual(first);
  expect((await node.log.heads([`cards:${room}`]))[0]!.offset).toBe(1);
});
