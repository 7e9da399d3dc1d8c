import { describe, expect, it } from 'vitest';
import { turn } from '../testing/fake-clock.ts';
import type { StoredCursor } from '../storage.ts';
import { storedCursors } from './cursors.ts';
import { at, logHarness, memoryStorage, type LogHarness } from '../testing/log-client.ts';

const ok = { ok: true, data: { title: 'B' } };

/** What a listener of the room was told: offsets, those that were replayed in brackets. */
function listen(harness: LogHarness): unknown[] {
  const seen: unknown[] = [];
  harness.client.board({ boardId: 'b1' }).on('noted', (_, { offset, replayed }) => {
    seen.push(replayed ? [offset] : offset);
  });
  return seen;
}

async function live(harness: LogHarness) {
  await harness.connect();
  return harness.enter(() => harness.start(at(0)));
}

describe('a room with a log', () => {
  it('is joined without a cursor first, and told that what is there must be loaded', async () => {
    const harness = logHarness();
    const seen = listen(harness);
    await harness.connect();
    const room = await harness.enter((since) => {
      expect(since).toBeNull();
      harness.start(at(7), { head: 7 });
    });
    expect(room.status.getSnapshot()).toEqual({ phase: 'joined', data: { title: 'B' }, recovering: false });
    harness.entries(8, 9);
    expect(seen).toEqual([8, 9]);
  });

  it('hands out every entry with its place, before and after the answer to the join', async () => {
    const harness = logHarness();
    const metas: unknown[] = [];
    harness.client.on('noted', (_, meta) => metas.push(meta));
    await harness.connect();
    await harness.enter(() => {
      harness.start(at(0), { head: 1 });
      harness.entries(1);
    });
    harness.entries(2);
    expect(metas).toEqual([
      { room: 'board:b1', replayed: true, ...at(1) },
      { room: 'board:b1', replayed: false, ...at(2) },
    ]);
  });

  it('is joined from its cursor after a reconnect; what was missed is replayed, then it is live', async () => {
    const harness = logHarness();
    const { server, clock, entries, start } = harness;
    const seen = listen(harness);
    const room = await live(harness);
    const phases: unknown[] = [];
    entries(1, 2);
    server.cut();
    await clock.advance(500);
    server.accept();
    const join = server.take('board:join');
    expect(join.args).toEqual([{ boardId: 'b1' }, { since: at(2) }]);
    start(at(2), { head: 4, recovered: true });
    entries(3);
    join.ack(ok);
    phases.push(room.status.getSnapshot().recovering);
    entries(4);
    phases.push(room.status.getSnapshot().recovering);
    entries(5);
    expect(seen).toEqual([1, 2, [3], [4], 5]);
    expect(phases).toEqual([true, false]);
  });

  it('drops what it has, and asks for what is missing; nothing counts until the log begins again', async () => {
    const harness = logHarness();
    const { server, entries, start } = harness;
    const seen = listen(harness);
    const room = await live(harness);
    entries(1, 2, 2, 1, 4, 5, 3);
    expect(seen).toEqual([1, 2]);
    const sync = server.take('sockeye:sync');
    expect(sync.args).toEqual([{ room: 'board:b1', since: at(2) }]);
    expect(server.sent).toEqual([]);
    expect(room.status.getSnapshot()).toMatchObject({ phase: 'joined', recovering: true });
    start(at(2), { head: 5, recovered: true });
    sync.ack({ ok: true });
    entries(3, 4, 5);
    expect(seen).toEqual([1, 2, [3], [4], [5]]);
    expect(room.status.getSnapshot()).toMatchObject({ recovering: false });
  });

  it.each([
    ['of another epoch', { room: 'board:b1', ...at(2, 'e2') }],
    ['from far ahead', { room: 'board:b1', ...at(2 ** 53 - 1) }],
  ])('takes an entry %s for a gap', async (_, meta) => {
    const harness = logHarness();
    const seen = listen(harness);
    await live(harness);
    harness.entries(1);
    harness.server.push('noted', { id: 'x' }, meta);
    expect(seen).toEqual([1]);
    expect(harness.server.take('sockeye:sync').args).toEqual([{ room: 'board:b1', since: at(1) }]);
  });

  it('asks again when the answer is missing or says so, ever more slowly', async () => {
    const harness = logHarness();
    const { server, clock, entries, start } = harness;
    const seen = listen(harness);
    await live(harness);
    entries(2);
    server
      .take('sockeye:sync')
      .ack({ ok: false, error: { code: 'UNAVAILABLE', message: '', retryable: true } });
    await clock.advance(499);
    expect(server.sent).toEqual([]);
    await clock.advance(1);
    server.take('sockeye:sync');
    await clock.advance(10_000 + 999);
    expect(server.sent).toEqual([]);
    await clock.advance(1);
    server.take('sockeye:sync');
    start(at(0), { head: 1, recovered: true });
    entries(1);
    expect(seen).toEqual([[1]]);
    await clock.advance(60_000);
    expect([server.sent, clock.timers()]).toEqual([[], 0]);
  });

  it('asks at once for every gap, when what it asked for before has come', async () => {
    const harness = logHarness();
    const { server, entries, start } = harness;
    await live(harness);
    for (const offset of [1, 2, 3]) {
      entries(offset + 1);
      server.take('sockeye:sync').ack({ ok: true });
      start(at(offset - 1), { head: offset, recovered: true });
      entries(offset);
    }
    expect(server.sent).toEqual([]);
  });

  it('is denied when the server does not begin its log again, and joined anew by the next join', async () => {
    const harness = logHarness();
    const { server, entries } = harness;
    const room = await live(harness);
    entries(2);
    const error = { code: 'FORBIDDEN', message: 'no', retryable: false };
    server.take('sockeye:sync').ack({ ok: false, error });
    expect(room.status.getSnapshot()).toMatchObject({ phase: 'denied', error: { code: 'FORBIDDEN' } });
    room.join();
    expect(server.take('board:join').args[1]).toEqual({ since: null });
  });

  it('never hands out an entry twice, also when another epoch brings it again', async () => {
    const harness = logHarness();
    const { server, entries, start } = harness;
    const seen = listen(harness);
    await live(harness);
    entries(1, 2);
    start(at(0, 'e2'), { head: 3 });
    for (const [offset, id] of ['e1-2', 'e1-1', 'fresh'].entries()) {
      server.push('noted', { id }, { room: 'board:b1', epoch: 'e2', offset: offset + 1, id });
    }
    expect(seen).toEqual([1, 2, [3]]);
    expect(server.sent).toEqual([]);
  });

  it('goes on from an entry that does not match the contract, or that it does not know', async () => {
    const harness = logHarness();
    const { server, entries, invalid } = harness;
    const seen = listen(harness);
    await live(harness);
    server.push('noted', { id: 1 }, { room: 'board:b1', ...at(1) });
    server.push('unheard-of', {}, { room: 'board:b1', ...at(2) });
    entries(3);
    expect([seen, server.sent, invalid.length]).toEqual([[3], [], 1]);
  });

  it.each([
    ['no room', { ...at(9), room: undefined }],
    ['no offset', { ...at(9), offset: undefined }],
    ['a broken offset', { ...at(9), offset: 1.5 }],
    ['a huge offset', { ...at(9), offset: 1e308 }],
    ['a negative offset', { ...at(9), offset: -1 }],
    ['an unknown room', { ...at(9), room: '__proto__' }],
  ])('ignores a beginning with %s', async (_, told) => {
    const harness = logHarness();
    const { server, entries } = harness;
    const seen = listen(harness);
    await live(harness);
    server.push('sockeye:log', { room: 'board:b1', head: 0, recovered: false, ...told });
    server.push('sockeye:log', null);
    server.push('sockeye:log');
    entries(1);
    expect([seen, server.sent]).toEqual([[1], []]);
  });

  it('works with a server that keeps no log: everything is live, and loaded anew after a reconnect', async () => {
    let loads = 0;
    const load = () => [{ id: `l${++loads}` }];
    const harness = logHarness({ projections: { notes: { load } } });
    const { server, clock, connect, enter } = harness;
    const metas: unknown[] = [];
    harness.client.on('noted', (_, meta) => metas.push(meta));
    await connect();
    const room = await enter(() => undefined);
    room.notes.subscribe(() => undefined);
    await turn();
    server.push('noted', { id: 'n' }, { room: 'board:b1' });
    server.cut();
    await clock.advance(500);
    server.accept();
    server.take('board:join').ack(ok);
    await turn();
    expect([metas, loads]).toEqual([[{ room: 'board:b1', replayed: false }], 2]);
  });
});

describe('a room that the server joins by itself', () => {
  const user = (offset: number) => ({ room: 'user:u1', ...at(offset) });

  it('is followed from the handshake on: first without a cursor, then from it', async () => {
    const { client, server, start, reconnect, connect } = logHarness();
    const seen: unknown[] = [];
    client.on('alert', ({ id }, { replayed }) => seen.push([id, replayed]));
    await connect();
    expect(server.handshakes.at(-1)).toMatchObject({ sockeye: { since: {} } });
    start(at(3), { room: 'user:u1', head: 3 });
    server.push('alert', { id: 'a4' }, user(4));
    await reconnect();
    expect(server.handshakes.at(-1)).toMatchObject({ sockeye: { since: { 'user:u1': at(4) } } });
    start(at(4), { room: 'user:u1', head: 5, recovered: true });
    server.push('alert', { id: 'a5' }, user(5));
    server.push('alert', { id: 'a6' }, user(6));
    expect(seen).toEqual([
      ['a4', false],
      ['a5', true],
      ['a6', false],
    ]);
  });

  it('has its collections loaded once its log has begun, and not again while it goes on', async () => {
    let loads = 0;
    const { client, server, start, reconnect, connect, clock } = logHarness({
      projections: { alerts: { load: () => [{ id: `l${++loads}` }] } },
    });
    client.alerts.subscribe(() => undefined);
    await connect();
    await turn();
    expect(loads).toBe(0);
    start(at(3), { room: 'user:u1', head: 3 });
    await turn();
    expect(loads).toBe(1);
    await reconnect();
    start(at(3), { room: 'user:u1', head: 4, recovered: true });
    server.push('alert', { id: 'a4' }, user(4));
    await clock.advance(5_000);
    expect([loads, client.alerts.getSnapshot().rows]).toEqual([1, [{ id: 'l1' }, { id: 'a4' }]]);
    await reconnect();
    await clock.advance(3_000);
    expect(loads).toBe(2);
  });
});

describe('what a server tells beside', () => {
  it('revoked: the room is denied, its state is cleared and its cursor forgotten', async () => {
    const cursors = memoryStorage<StoredCursor>();
    const harness = logHarness({ cursors: storedCursors(cursors) });
    const { server, entries, clock } = harness;
    const room = await live(harness);
    room.notes.subscribe(() => undefined);
    await clock.advance(500);
    entries(1);
    expect(cursors.kept.size).toBe(1);
    server.push('sockeye:revoked', { room: 'board:b1', code: 'FORBIDDEN' });
    expect(room.status.getSnapshot()).toMatchObject({ phase: 'denied', error: { code: 'FORBIDDEN' } });
    expect(room.notes.getSnapshot().rows).toEqual([]);
    await clock.advance(500);
    expect(cursors.kept.size).toBe(0);
    await harness.reconnect();
    expect(server.take('board:join').args[1]).toEqual({ since: null });
  });

  it('revoked: what was still under way is not handed out, a beginning of the log neither', async () => {
    const harness = logHarness();
    const seen = listen(harness);
    await live(harness);
    harness.entries(1);
    harness.server.push('sockeye:revoked', { room: 'board:b1', code: 'FORBIDDEN' });
    harness.entries(1, 2);
    harness.start(at(0), { head: 3, recovered: true });
    harness.entries(1, 2, 3);
    expect(seen).toEqual([1]);
  });

  it('draining: leaves after the given time, once what was sent is answered, and comes back at once', async () => {
    const { client, server, clock, connect, phase } = logHarness();
    await connect();
    const answer = client.request('ping');
    server.push('sockeye:draining', { retryAfterMs: 3_000 });
    await clock.advance(3_000);
    expect(phase()).toBe('connected');
    server.take('ping').ack({ ok: true, data: 'pong' });
    await clock.advance(100);
    expect(await answer).toMatchObject({ ok: true });
    expect([phase(), server.handshakes.length]).toEqual(['reconnecting', 2]);
    server.accept();
    expect(phase()).toBe('connected');
  });

  it('draining: comes back at the given time when the server closes earlier', async () => {
    const { server, clock, connect } = logHarness();
    await connect();
    server.push('sockeye:draining', { retryAfterMs: 3_000 });
    await clock.advance(1_000);
    server.cut('io server disconnect');
    await clock.advance(1_999);
    expect(server.handshakes).toHaveLength(1);
    await clock.advance(1);
    expect(server.handshakes).toHaveLength(2);
  });
});
