import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StoredCursor } from '../storage.ts';
import { storedCursors, webStorageCursors, type CursorKeeper } from './cursors.ts';
import { at, logHarness, memoryStorage } from '../testing/log-client.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser's storage. */
function webStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

async function entered(cursors: CursorKeeper, since?: (since: unknown) => void) {
  const harness = logHarness({ cursors });
  await harness.connect();
  const room = await harness.enter((told) => {
    since?.(told);
    if (told) harness.start(told, { head: 9, recovered: true });
    else harness.start(at(0));
  });
  return { ...harness, room };
}

describe.each([
  ['at once', false],
  ['by a promise', true],
])('a storage that answers %s', (_, slow) => {
  it('gets the cursor half a second after the first entry, and the next page goes on from it (26)', async () => {
    const storage = memoryStorage<StoredCursor>(slow);
    const { clock, entries } = await entered(storedCursors(storage));
    await clock.advance(1_000);
    entries(1, 2);
    await clock.advance(499);
    entries(3);
    expect(storage.kept.get('board:b1')).toMatchObject(at(0));
    await clock.advance(1);
    expect(storage.kept).toEqual(new Map([['board:b1', { version: 1, room: 'board:b1', ...at(3) }]]));

    const next = logHarness({ cursors: storedCursors(storage) });
    await next.connect();
    next.client.board({ boardId: 'b1' }).join();
    await next.clock.advance(0);
    expect(next.server.take('board:join').args[1]).toEqual({ since: at(3) });
  });
});

it('a page that is reloaded hands out what was not handled, and nothing twice', async () => {
  const storage = memoryStorage<StoredCursor>();
  const first = await entered(storedCursors(storage));
  first.entries(1, 2);
  await first.clock.advance(500);
  const seen: unknown[] = [];
  const next = logHarness({ cursors: storedCursors(storage) });
  next.client.on('noted', (_, { offset, replayed }) => seen.push([offset, replayed]));
  await next.connect();
  await next.enter((since) => next.start(since as object, { head: 4, recovered: true }));
  next.entries(1, 2, 3, 4, 5);
  expect(seen).toEqual([
    [3, true],
    [4, true],
    [5, false],
  ]);
});

it('a cursor is stored after the handlers of its entry have run, not before', async () => {
  const storage = memoryStorage<StoredCursor>();
  const { client, entries } = await entered(storedCursors(storage));
  client.on('noted', (_, { offset }) => void (offset === 2 && client.close()));
  entries(1, 2);
  expect(storage.kept.get('board:b1')).toMatchObject({ offset: 1 });
});

it.each([
  ['pagehide', false],
  ['visibilitychange', true],
])('is stored before the page goes away: %s', async (sign, hidden) => {
  const page = Object.assign(new EventTarget(), { hidden });
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  const storage = memoryStorage<StoredCursor>();
  const { entries, clock } = await entered(storedCursors(storage));
  entries(1);
  page.dispatchEvent(new Event(sign));
  expect(storage.kept.get('board:b1')).toMatchObject({ offset: 1 });
  expect(clock.timers()).toBe(1);
});

it('stays where it is when a page is only shown', async () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  const storage = memoryStorage<StoredCursor>();
  const { entries } = await entered(storedCursors(storage));
  entries(1);
  page.dispatchEvent(new Event('visibilitychange'));
  expect(storage.kept.size).toBe(0);
});

it.each([
  ['text', 'what?'],
  ['null', null],
  ['a list', [1]],
  ['another version', { version: 2, room: 'board:b1', ...at(3) }],
  ['no version', { room: 'board:b1', ...at(3) }],
  ['another room', { version: 1, room: 'board:b2', ...at(3) }],
  ['an offset that is text', { version: 1, room: 'board:b1', ...at(3), offset: '3' }],
  ['a negative offset', { version: 1, room: 'board:b1', ...at(3), offset: -3 }],
  ['a huge offset', { version: 1, room: 'board:b1', ...at(3), offset: 1e308 }],
  ['a huge epoch', { version: 1, room: 'board:b1', ...at(3), epoch: 'e'.repeat(1e6) }],
])('a stored value that is %s is ignored', async (_, value) => {
  const storage = memoryStorage<StoredCursor>();
  storage.kept.set('board:b1', value);
  storage.kept.set('user', value);
  const told: unknown[] = [];
  const { errors, server } = await entered(storedCursors(storage), (since) => told.push(since));
  expect([told, errors]).toEqual([[null], []]);
  expect(server.handshakes[0]).toMatchObject({ sockeye: { since: {} } });
});

it.each([
  [
    'throws',
    () => {
      throw new Error('full');
    },
  ],
  ['rejects', () => Promise.reject(new Error('full'))],
])('a storage that %s is reported, and nothing else suffers', async (_, fail) => {
  const storage = storedCursors({ get: fail, set: fail, remove: fail });
  const { errors, entries, clock, client } = await entered(storage);
  entries(1);
  await clock.advance(500);
  client.close({ forget: true });
  await clock.advance(0);
  expect(errors.length).toBeGreaterThanOrEqual(4);
  expect(new Set(errors.map(String))).toEqual(new Set(['Error: full']));
});

describe('a storage that never answers', () => {
  const never = () => new Promise<never>(() => undefined);
  const hung = { get: never, set: never, remove: never };
  const timeouts = (errors: readonly unknown[]) =>
    errors.map((error) => (error as { code?: string }).code ?? error);

  it('holds back a join for three seconds, is reported, and what it says later is ignored', async () => {
    let answer = (_: unknown): void => undefined;
    const get = (key: string) => (key === 'user' ? undefined : new Promise((resolve) => (answer = resolve)));
    const { client, server, clock, errors, connect } = logHarness({
      cursors: storedCursors({ ...hung, get }),
    });
    await connect();
    client.board({ boardId: 'b1' }).join();
    await clock.advance(2_999);
    expect(server.sent).toEqual([]);
    await clock.advance(1);
    expect(server.take('board:join').args[1]).toEqual({ since: null });
    expect(timeouts(errors)).toEqual(['TIMEOUT']);
    answer({ version: 1, room: 'board:b1', ...at(3) });
    await clock.advance(0);
    expect([server.sent, errors.length]).toEqual([[], 1]);
  });

  it('holds back no handshake for longer', async () => {
    const { client, server, clock, errors } = logHarness({ cursors: storedCursors(hung) });
    client.connect();
    await clock.advance(3_000);
    server.accept();
    expect(server.handshakes).toMatchObject([{ sockeye: { since: {} } }]);
    expect(timeouts(errors)).toEqual(['TIMEOUT']);
  });

  it('holds back nothing when it is to store or to remove', async () => {
    const storage = { ...hung, get: () => undefined };
    const { client, clock, errors, entries } = await entered(storedCursors(storage));
    const seen: unknown[] = [];
    client.on('noted', (_, { offset }) => seen.push(offset));
    for (const n of [1, 2]) {
      entries(n);
      await clock.advance(500);
    }
    client.close({ forget: true });
    await clock.advance(3_000);
    expect(seen).toEqual([1, 2]);
    expect(new Set(timeouts(errors))).toEqual(new Set(['TIMEOUT']));
    expect(clock.timers()).toBe(0);
  });

  it('and rejects in the end is reported once', async () => {
    let refuse = (_: unknown): void => undefined;
    const get = (key: string) => (key === 'user' ? undefined : new Promise((_, reject) => (refuse = reject)));
    const { client, clock, errors, connect } = logHarness({ cursors: storedCursors({ ...hung, get }) });
    await connect();
    client.board({ boardId: 'b1' }).join();
    await clock.advance(3_000);
    refuse(new Error('late'));
    await clock.advance(0);
    expect(timeouts(errors)).toEqual(['TIMEOUT']);
  });
});

it('a user’s own room is stored by its kind, as the client does not know whose it is', async () => {
  const storage = memoryStorage<StoredCursor>();
  const { server, start, clock, connect } = logHarness({ cursors: storedCursors(storage) });
  await connect();
  start(at(3), { room: 'user:u1', head: 3 });
  server.push('alert', { id: 'a' }, { room: 'user:u1', ...at(4) });
  await clock.advance(500);
  expect(storage.kept).toEqual(new Map([['user', { version: 1, room: 'user:u1', ...at(4) }]]));
  const next = logHarness({ cursors: storedCursors(storage) });
  await next.connect();
  expect(next.server.handshakes[0]).toMatchObject({ sockeye: { since: { 'user:u1': at(4) } } });
});

it('closing keeps the cursors, and forgets them when told so (27)', async () => {
  const storage = memoryStorage<StoredCursor>();
  const one = await entered(storedCursors(storage));
  one.entries(1);
  one.client.close();
  expect(storage.kept.get('board:b1')).toMatchObject({ offset: 1 });
  const two = await entered(storedCursors(storage));
  two.client.close({ forget: true });
  expect(storage.kept.size).toBe(0);
  expect(two.clock.timers()).toBe(0);
});

it('left and joined again, a room goes on from where it was', async () => {
  const { room, client, server, clock, entries } = await entered(storedCursors(memoryStorage()));
  entries(1, 2);
  const lease = client.board({ boardId: 'b1' }).join();
  lease.release();
  expect(room.status.getSnapshot().phase).toBe('joined');
  server.push('sockeye:log', { room: 'board:b1', ...at(2), head: 2, recovered: true });
  server.cut();
  await clock.advance(500);
  server.accept();
  expect(server.take('board:join').args[1]).toEqual({ since: at(2) });
});

it('localStorage keeps cursors as JSON under a prefix; what is no JSON is nothing', async () => {
  const storage = webStorage();
  const { entries, clock } = await entered(webStorageCursors(storage, 'board:u1'));
  entries(1);
  await clock.advance(500);
  const key = 'board:u1:cursor:board:b1';
  expect(JSON.parse(storage.kept.get(key)!)).toEqual({ version: 1, room: 'board:b1', ...at(1) });
  storage.kept.set(key, '{"version":1,');
  const told: unknown[] = [];
  const next = await entered(webStorageCursors(storage, 'board:u1'), (since) => told.push(since));
  expect(told).toEqual([null]);
  next.client.close({ forget: true });
  expect(storage.kept.size).toBe(0);
});
