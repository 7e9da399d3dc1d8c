import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { turn } from './testing/fake-clock.ts';
import { harness } from './testing/harness.ts';

const ok = (title: string) => ({ ok: true, data: { title } });
const denial = { ok: false, error: { code: 'FORBIDDEN', message: 'no', retryable: false } };
const events = (sent: readonly { readonly event: string }[]) => sent.map(({ event }) => event);

describe('a room', () => {
  it('is the same object for the same parameters', () => {
    const { client } = harness();
    const seat = client.theatreSeat({ row: 'a:1', place: 2 });
    expect(client.theatreSeat({ place: 2, row: 'a:1' })).toBe(seat);
    expect(client.theatreSeat({ place: 3, row: 'a:1' })).not.toBe(seat);
    expect(seat.name).toBe('seat:2:a%3A1');
    expect(seat.params).toEqual({ row: 'a:1', place: 2 });
  });

  it('is forgotten when nobody holds or uses it, and not before', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const { client, clock } = harness({ lingerMs: 10 });
    const looked = new WeakRef(client.board({ boardId: 'looked' }));
    const listened = new WeakRef(client.board({ boardId: 'listened' }));
    const joined = new WeakRef(client.board({ boardId: 'joined' }));
    const left = new WeakRef(client.board({ boardId: 'left' }));
    const watched = new WeakRef(client.board({ boardId: 'watched' }));
    let stop: (() => void) | undefined = listened.deref()!.on('card:added', () => undefined);
    watched.deref()!.status.subscribe(() => undefined);
    joined.deref()!.join();
    left.deref()!.join().release();
    await clock.advance(10);
    await turn();
    gc();
    const alive = () => [looked, listened, joined, left, watched].map((ref) => !!ref.deref());
    expect(alive()).toEqual([false, true, true, false, true]);
    stop();
    stop = undefined;
    await turn();
    gc();
    expect(alive()).toEqual([false, false, true, false, true]);
  });

  it('takes a share in the connection with the lease', async () => {
    const { client, server, clock, phase } = harness({ lingerMs: 100 });
    const lease = client.board({ boardId: 'b1' }).join();
    expect(phase()).toBe('connecting');
    await turn();
    server.accept();
    server.take('board:join').ack(ok('B'));
    lease.release();
    await clock.advance(100);
    server.take('board:leave').ack({ ok: true, data: {} });
    expect(phase()).toBe('connected');
    await clock.advance(100);
    expect([phase(), clock.timers()]).toEqual(['idle', 0]);
  });

  it('goes through its phases, with the data of the last join', async () => {
    const { client, server, clock } = harness({ lingerMs: 10 });
    const room = client.board({ boardId: 'b1' });
    const status = () => room.status.getSnapshot();
    const initial = status();
    expect(initial).toEqual({ phase: 'idle' });
    const lease = room.join();
    expect(status()).toEqual({ phase: 'waiting' });
    await turn();
    server.accept();
    expect(status()).toEqual({ phase: 'joining' });
    expect(server.sent).toMatchObject([{ event: 'board:join', args: [{ boardId: 'b1' }] }]);
    server.take().ack(ok('one'));
    expect(status()).toEqual({ phase: 'joined', data: { title: 'one' }, recovering: false });
    expect(await lease.ready).toEqual(ok('one'));
    expect(room.status.getSnapshot()).toBe(status());
    server.cut();
    expect(status()).toEqual({ phase: 'waiting', data: { title: 'one' } });
    await clock.advance(500);
    server.accept();
    expect(status()).toEqual({ phase: 'joining', data: { title: 'one' } });
    server.take('board:join').ack(ok('two'));
    expect(status()).toEqual({ phase: 'joined', data: { title: 'two' }, recovering: false });
    lease.release();
    await clock.advance(10);
    expect(status()).toEqual({ phase: 'left' });
    expect(room.status.getServerSnapshot()).toBe(initial);
    expect(room.status.getSnapshot()).toBe(status());
  });

  it('joined again while it lingers, or is being joined, is not joined twice (4: Activity)', async () => {
    const { client, server, clock, connect } = harness({ lingerMs: 100 });
    await connect();
    const connected = client.connection.getSnapshot();
    const room = client.board({ boardId: 'b1' });
    const first = room.join();
    first.release();
    const second = room.join();
    expect(await first.ready).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
    server.take('board:join').ack(ok('B'));
    expect(await second.ready).toEqual(ok('B'));
    const before = room.status.getSnapshot();
    second.release();
    await clock.advance(99);
    const third = room.join();
    expect(await third.ready).toEqual(ok('B'));
    await clock.advance(1_000);
    expect(server.sent).toEqual([]);
    expect(room.status.getSnapshot()).toBe(before);
    expect(client.connection.getSnapshot()).toBe(connected);
  });

  it('released while it is being joined is left once the join is answered', async () => {
    const { client, server, clock, connect } = harness({ lingerMs: 10 });
    await connect();
    const room = client.board({ boardId: 'b1' });
    room.join().release();
    await clock.advance(10);
    expect(events(server.sent)).toEqual(['board:join']);
    server.take().ack(ok('B'));
    expect(events(server.sent)).toEqual(['board:leave']);
    expect(room.status.getSnapshot().phase).toBe('left');
  });

  it('joined again while it is being left waits for the answer', async () => {
    const { client, server, clock, connect } = harness({ lingerMs: 10 });
    await connect();
    const room = client.board({ boardId: 'b1' });
    const lease = room.join();
    server.take().ack(ok('one'));
    lease.release();
    await clock.advance(10);
    const again = room.join();
    expect(events(server.sent)).toEqual(['board:leave']);
    expect(room.status.getSnapshot()).toEqual({ phase: 'joining' });
    server.take().ack({ ok: true, data: {} });
    server.take('board:join').ack(ok('two'));
    expect(await again.ready).toEqual(ok('two'));
  });

  it('without an event that leaves it is asked for again by the next lease', async () => {
    const { client, server, clock, connect } = harness({ lingerMs: 10 });
    await connect();
    const seat = client.theatreSeat({ row: 'a', place: 1 });
    const lease = seat.join();
    server.take('seat:take').ack({ ok: true });
    expect(await lease.ready).toEqual({ ok: true, data: undefined });
    lease.release();
    await clock.advance(10);
    expect(server.sent).toEqual([]);
    seat.join();
    expect(events(server.sent)).toEqual(['seat:take']);
  });

  it('denied is not asked for in a loop, but after a reconnect and by the next join', async () => {
    const { client, server, clock, connect, reconnect } = harness();
    await connect();
    const room = client.board({ boardId: 'b1' });
    const lease = room.join();
    server.take().ack(denial);
    expect(await lease.ready).toMatchObject(denial);
    expect(room.status.getSnapshot()).toMatchObject({ phase: 'denied', error: { code: 'FORBIDDEN' } });
    expect(clock.timers()).toBe(0);
    await clock.advance(60_000);
    expect(server.sent).toEqual([]);
    room.join();
    expect(room.status.getSnapshot()).toEqual({ phase: 'joining' });
    server.take('board:join').ack(denial);
    await reconnect();
    server.take('board:join').ack(ok('B'));
    expect(room.status.getSnapshot()).toEqual({ phase: 'joined', data: { title: 'B' }, recovering: false });
  });

  it('that could not be joined for now is tried again with backoff', async () => {
    const { client, server, clock, connect } = harness();
    await connect();
    const room = client.board({ boardId: 'b1' });
    const lease = room.join();
    const busy = { ok: false, error: { code: 'UNAVAILABLE', message: 'x', retryable: true } };
    server.take().ack(busy);
    expect(await lease.ready).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } });
    expect(room.status.getSnapshot()).toMatchObject({ phase: 'joining', error: { code: 'UNAVAILABLE' } });
    await clock.advance(500);
    server.take('board:join').ack(busy);
    await clock.advance(999);
    expect(server.sent).toEqual([]);
    await clock.advance(1);
    server.take('board:join').ack(ok('B'));
    expect(room.status.getSnapshot()).toEqual({ phase: 'joined', data: { title: 'B' }, recovering: false });
  });

  it('is tried again by a reconnect instead, where that comes first', async () => {
    const { client, server, clock, connect, reconnect } = harness({ backoff: { minMs: 400 } });
    await connect();
    client.board({ boardId: 'b1' }).join();
    server.take().ack({ ok: false, error: { code: 'UNAVAILABLE', retryable: true, retryAfterMs: 9_000 } });
    await reconnect();
    server.take('board:join').ack(ok('B'));
    expect([server.sent.length, clock.timers()]).toEqual([0, 0]);
  });

  it('wanted while the link has silently died is joined over the next', async () => {
    const { client, server, clock, connect } = harness();
    await connect();
    server.halfOpen = true;
    const room = client.board({ boardId: 'b1' });
    room.join();
    expect(room.status.getSnapshot()).toEqual({ phase: 'waiting' });
    server.cut('ping timeout');
    await clock.advance(500);
    server.accept();
    server.take('board:join').ack(ok('B'));
    expect(room.status.getSnapshot().phase).toBe('joined');
  });

  it('that nobody wants any more is not tried again', async () => {
    const { client, server, clock, connect } = harness({ lingerMs: 10 });
    await connect();
    const lease = client.board({ boardId: 'b1' }).join();
    server.take().ack({ ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
    lease.release();
    await clock.advance(60_000);
    expect([server.sent.length, clock.timers()]).toEqual([0, 0]);
  });

  it('whose join the server never answers is tried again', async () => {
    const { client, server, clock, connect } = harness();
    await connect();
    const lease = client.board({ boardId: 'b1' }).join();
    server.take('board:join');
    await clock.advance(10_000);
    expect(await lease.ready).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } });
    await clock.advance(500);
    server.take('board:join').ack(ok('B'));
  });

  it('with parameters that the contract does not know is denied here', async () => {
    const { client, connect, server } = harness();
    await connect();
    const lease = client.board({ boardId: 7 as never }).join();
    expect(await lease.ready).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } });
    expect(server.sent).toEqual([]);
  });
});

describe('after a reconnect', () => {
  it('rooms are joined before anything that waited is sent (8, 9)', async () => {
    const { client, server, clock, connect, join } = harness();
    await connect();
    await join('b1');
    await join('b2');
    server.cut();
    client.emit('remind', { at: new Date(0) }, { whenOffline: 'queue' });
    void client.request('card:add', { boardId: 'b1', text: 'x' }, { whenOffline: 'queue' });
    await clock.advance(500);
    server.accept();
    void client.request('ping');
    expect(events(server.sent)).toEqual(['board:join', 'board:join']);
    server.take().ack(ok('one'));
    expect(events(server.sent)).toEqual(['board:join']);
    server.take().ack(denial);
    expect(events(server.sent)).toEqual(['remind', 'card:add', 'ping']);
    expect(client.connection.getSnapshot().queued).toBe(0);
  });

  it('a room whose join fails for now holds back its own calls alone', async () => {
    const { client, server, clock, connect, join } = harness();
    await connect();
    await join('b1');
    server.cut();
    void client.request('card:add', { boardId: 'b1', text: 'x' }, { whenOffline: 'queue' });
    client.emit('remind', { at: new Date(0) }, { whenOffline: 'queue' });
    await clock.advance(500);
    server.accept();
    server.take('board:join').ack({ ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
    expect(events(server.sent)).toEqual(['remind']);
    await clock.advance(500);
    server.take('remind');
    server.take('board:join').ack(ok('B'));
    expect(events(server.sent)).toEqual(['card:add']);
  });

  it('a second cut before the joins are answered changes nothing of that', async () => {
    const { client, server, connect, join, reconnect } = harness();
    await connect();
    await join('b1');
    server.cut();
    client.emit('remind', { at: new Date(0) }, { whenOffline: 'queue' });
    await reconnect();
    server.take('board:join');
    await reconnect();
    expect(events(server.sent)).toEqual(['board:join']);
    server.take().ack(ok('B'));
    expect(events(server.sent)).toEqual(['remind']);
  });
});

describe('a call within a room that is being joined', () => {
  it('waits for it, offline or not', async () => {
    const { client, server, connect } = harness();
    await connect();
    client.board({ boardId: 'b1' }).join();
    void client.cardAdd({ boardId: 'b1', text: 'x' });
    expect(client.emit('card:pin', { boardId: 'b1' })).toBe(true);
    void client.cardAdd({ boardId: 'b2', text: 'y' });
    expect(server.sent.map(({ args }) => args)).toEqual([
      [{ boardId: 'b1' }],
      [{ boardId: 'b2', text: 'y' }],
    ]);
    server.take('board:join').ack(ok('B'));
    expect(events(server.sent)).toEqual(['card:add', 'card:add', 'card:pin']);
  });

  it('is dropped with the connection unless it is to be kept', async () => {
    const { client, server, connect, reconnect } = harness();
    await connect();
    client.board({ boardId: 'b1' }).join();
    const plain = client.cardAdd({ boardId: 'b1', text: 'plain' });
    void client.cardAdd({ boardId: 'b1', text: 'kept' }, { whenOffline: 'queue' });
    await reconnect();
    expect(await plain).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    server.take('board:join');
    server.take('board:join').ack(ok('B'));
    expect(server.sent.map(({ args }) => args)).toEqual([[{ boardId: 'b1', text: 'kept' }]]);
  });
});

describe('close()', () => {
  it('settles, clears and forgets everything (27)', async () => {
    const { client, server, clock, connect, join, phase } = harness();
    await connect();
    const room = await join('b1');
    const waiting = client.board({ boardId: 'b2' }).join();
    const seen: unknown[] = [];
    room.on('card:added', (payload) => seen.push(payload));
    client.on('notice', (payload) => seen.push(payload));
    const pending = client.request('ping');
    client.close();
    client.close();
    expect(await pending).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    expect(await waiting.ready).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    expect(room.status.getSnapshot()).toEqual({ phase: 'left' });
    expect([phase(), server.connected(), clock.timers()]).toEqual(['closed', false, 0]);
    server.push('notice', { text: 'x' });
    client.on('notice', (payload) => seen.push(payload))();
    expect(seen).toEqual([]);
    expect(await room.join().ready).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    expect(await client.board({ boardId: 'b3' }).join().ready).toMatchObject({ ok: false });
    waiting.release();
    await clock.advance(60_000);
    expect([phase(), server.handshakes.length]).toEqual(['closed', 1]);
  });

  it('is what disposing of a client does', async () => {
    const { client, connect, phase } = harness();
    await connect();
    client[Symbol.dispose]();
    expect(phase()).toBe('closed');
  });
});
