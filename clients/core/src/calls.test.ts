import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { turn } from './testing/fake-clock.ts';
import { harness } from './testing/harness.ts';

const card = { id: 'c1', text: 'hi', createdAt: '2026-01-02T03:04:05.000Z' };
const add = { boardId: 'b1', text: 'hi' };
const outcome = async (result: Promise<unknown>) => {
  let value: unknown = 'pending';
  void result.then((settled) => (value = settled));
  await turn();
  return value;
};
const failed = (code: string) => ({ ok: false, error: { code } });

describe('a request', () => {
  it.each([
    ['an envelope', 'ping', undefined, [], [{ ok: true, data: 'pong' }], 'pong'],
    ['an event without payload', 'ping', {}, [], [{ ok: true, data: 'pong' }], 'pong'],
    ['positional arguments', 'point', [1, 2], [1, 2], [{ ok: true, data: {} }], {}],
    ['a bare value', 'legacy', { q: 'x' }, [{ q: 'x' }], ['pong'], 'pong'],
    ['several bare values', 'legacyPair', { q: 'x' }, [{ q: 'x' }], [1, 2], [1, 2]],
    [
      'a date in the payload',
      'remind',
      { at: new Date(0), secret: 'stripped' },
      [{ at: '1970-01-01T00:00:00.000Z' }],
      [{ ok: true }],
      undefined,
    ],
  ])('travels as the contract says: %s', async (_, event, payload, args, answer, data) => {
    const { client, server, connect } = harness();
    await connect();
    const result = client.request(event, payload);
    const sent = server.take(event);
    expect(sent.args).toEqual(args);
    sent.ack(...answer);
    expect(await result).toEqual({ ok: true, data });
  });

  it('decodes its answer and the details of a declared error', async () => {
    const { client, server, connect } = harness();
    await connect();
    const good = client.cardAdd(add);
    server.take('card:add').ack({ ok: true, data: card });
    expect(await good).toEqual({ ok: true, data: { ...card, createdAt: new Date(card.createdAt) } });
    const bad = client.cardAdd(add);
    server.take('card:add').ack({ ok: false, error: { code: 'BOARD_FULL', details: { limit: 3, x: 1 } } });
    expect(await bad).toEqual({
      ok: false,
      error: { code: 'BOARD_FULL', message: 'BOARD_FULL', retryable: false, details: { limit: 3 } },
    });
  });

  it.each([
    ['nothing', []],
    ['null', [null]],
    ['a string', ['pong']],
    ['no envelope', [{ data: 'pong' }]],
    ['an error that is none', [{ ok: false, error: 'no' }]],
    ['data of another shape', [{ ok: true, data: 'ping' }]],
    ['no data', [{ ok: true }]],
  ])('answered with %s ends with INVALID_RESPONSE', async (_, answer) => {
    const { client, server, connect } = harness();
    await connect();
    const result = client.request('ping');
    server.take('ping').ack(...answer);
    expect(await result).toMatchObject(failed('INVALID_RESPONSE'));
  });

  it('leaves out details that are not as declared', async () => {
    const { client, server, connect } = harness();
    await connect();
    const result = client.cardAdd(add);
    server.take().ack({ ok: false, error: { code: 'BOARD_FULL', message: 'full', details: 'many' } });
    expect(await result).toEqual({
      ok: false,
      error: { code: 'BOARD_FULL', message: 'full', retryable: false },
    });
  });

  it('with a wrong payload is refused here, with the issues and without the values', async () => {
    const { client, server, connect, invalid } = harness();
    await connect();
    const result = await client.request('card:add', { boardId: 'secret', text: 7 });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PAYLOAD', issues: [{ path: ['text'] }] },
    });
    expect(server.sent).toEqual([]);
    expect(invalid).toMatchObject([
      { event: 'card:add', direction: 'outbound', excerpt: { boardId: 'string', text: 'number' } },
    ]);
    expect(client.connection.getSnapshot().invalid).toBe(0);
  });

  it('that Socket.IO cannot write is refused instead of throwing', async () => {
    const { client, connect, errors } = harness({ validate: 'off' });
    await connect();
    expect(await client.request('card:add', { text: 1n })).toMatchObject(failed('INVALID_PAYLOAD'));
    expect(errors).toHaveLength(1);
  });

  it.each(['nonsense', 'toString', '__proto__', 'board:join', 'board:leave'])(
    'of %s ends with UNKNOWN_EVENT',
    async (event) => {
      const { client, connect } = harness();
      await connect();
      expect(await client.request(event)).toMatchObject(failed('UNKNOWN_EVENT'));
      expect(client.emit(event)).toBe(false);
    },
  );

  it('ends with TIMEOUT after the contract’s time, the default, or its own; a late answer is nothing', async () => {
    const { client, server, connect, clock, invalid } = harness();
    await connect();
    const results: [string, unknown][] = [];
    const watch = (name: string, result: Promise<{ ok: boolean }>) =>
      void result.then((settled) => results.push([name, settled]));
    watch('own', client.cardAdd(add, { timeoutMs: 1_000 }));
    watch('contract', client.cardAdd(add));
    watch('default', client.request('ping'));
    for (const [ms, count] of [
      [999, 0],
      [1, 1],
      [3_999, 1],
      [1, 2],
      [4_999, 2],
      [1, 3],
    ] as const) {
      await clock.advance(ms);
      expect(results).toHaveLength(count);
    }
    expect(results).toMatchObject([
      ['own', failed('TIMEOUT')],
      ['contract', failed('TIMEOUT')],
      ['default', failed('TIMEOUT')],
    ]);
    for (const { ack } of server.sent) ack({ ok: true, data: 'wrong' });
    expect([invalid.length, clock.timers()]).toEqual([0, 0]);
  });

  it('is given up by its signal, before and after it was sent', async () => {
    const { client, server, connect, clock } = harness();
    await connect();
    expect(await client.request('ping', undefined, { signal: AbortSignal.abort() })).toMatchObject(
      failed('ABORTED'),
    );
    expect(server.sent).toEqual([]);
    const abort = new AbortController();
    const lasting = new AbortController();
    const result = client.request('ping', undefined, { signal: abort.signal });
    abort.abort();
    expect(await result).toMatchObject(failed('ABORTED'));
    server.take('ping').ack({ ok: true, data: 'pong' });
    const answered = client.request('ping', undefined, { signal: lasting.signal });
    expect(getEventListeners(lasting.signal, 'abort')).toHaveLength(1);
    server.take('ping').ack({ ok: true, data: 'pong' });
    await answered;
    expect(getEventListeners(lasting.signal, 'abort')).toHaveLength(0);
    expect(clock.timers()).toBe(0);
  });

  it('ends with DISCONNECTED the moment the link drops, also one that may wait (11)', async () => {
    const { client, server, connect } = harness();
    await connect();
    const plain = client.request('ping');
    const patient = client.request('ping', undefined, { whenOffline: 'queue' });
    server.cut();
    expect(await outcome(plain)).toMatchObject(failed('DISCONNECTED'));
    expect(await outcome(patient)).toMatchObject(failed('DISCONNECTED'));
  });

  it('made offline fails at once, or waits when told to', async () => {
    const { client, server, connect, clock } = harness();
    expect(await outcome(client.request('ping'))).toMatchObject(failed('DISCONNECTED'));
    await connect();
    server.cut();
    expect(await outcome(client.request('ping'))).toMatchObject(failed('DISCONNECTED'));
    const kept = client.request('ping', undefined, { whenOffline: 'queue' });
    expect(await outcome(kept)).toBe('pending');
    expect(client.connection.getSnapshot().queued).toBe(1);
    await clock.advance(500);
    server.accept();
    server.take('ping').ack({ ok: true, data: 'pong' });
    expect(await outcome(kept)).toEqual({ ok: true, data: 'pong' });
    expect(client.connection.getSnapshot().queued).toBe(0);
  });

  it('that waits keeps its own time limit and signal', async () => {
    const { client, clock } = harness();
    const abort = new AbortController();
    const timed = client.request('ping', undefined, { whenOffline: 'queue', timeoutMs: 50 });
    const aborted = client.request('ping', undefined, { whenOffline: 'queue', signal: abort.signal });
    abort.abort();
    await clock.advance(50);
    expect(await outcome(timed)).toMatchObject(failed('TIMEOUT'));
    expect(await outcome(aborted)).toMatchObject(failed('ABORTED'));
    expect([client.connection.getSnapshot().queued, clock.timers()]).toEqual([0, 0]);
  });

  it('waits for the very first connection, until its first attempt fails', async () => {
    const { client, server } = harness();
    client.connect();
    const result = client.request('ping');
    await turn();
    expect(await outcome(result)).toBe('pending');
    server.unreachable();
    expect(await outcome(result)).toMatchObject(failed('DISCONNECTED'));
    expect(await outcome(client.request('ping'))).toMatchObject(failed('DISCONNECTED'));
  });

  it('waits through the refresh of an expired token', async () => {
    const { client, server } = harness();
    client.connect();
    const result = client.request('ping');
    await turn();
    server.deny('x', { code: 'TOKEN_EXPIRED', retryable: true });
    await turn();
    server.accept();
    server.take('ping').ack({ ok: true, data: 'pong' });
    expect(await outcome(result)).toEqual({ ok: true, data: 'pong' });
  });

  it('beyond the queue’s limit is refused with UNAVAILABLE', async () => {
    const { client } = harness({ queueLimit: 2 });
    const queue = { whenOffline: 'queue' } as const;
    const first = client.request('ping', undefined, queue);
    expect(client.emit('remind', { at: new Date() }, queue)).toBe(true);
    expect(client.emit('remind', { at: new Date() }, queue)).toBe(false);
    expect(await outcome(client.request('ping', undefined, queue))).toMatchObject(failed('UNAVAILABLE'));
    expect(await outcome(first)).toBe('pending');
    client.close();
    expect(await outcome(first)).toMatchObject(failed('DISCONNECTED'));
    expect(await outcome(client.request('ping', undefined, queue))).toMatchObject(failed('DISCONNECTED'));
  });
});

describe('an event that nobody answers', () => {
  it('is dropped offline, or kept in order when told to', async () => {
    const { client, server, connect, reconnect } = harness();
    await connect();
    server.cut();
    const at = (ms: number) => ({ at: new Date(ms) });
    expect(client.emit('remind', at(1))).toBe(false);
    expect(client.emit('remind', at(2), { whenOffline: 'queue' })).toBe(true);
    expect(client.emit('remind', at(3), { whenOffline: 'queue' })).toBe(true);
    await reconnect();
    expect(server.sent.map(({ args }) => args)).toEqual([
      [{ at: '1970-01-01T00:00:00.002Z' }],
      [{ at: '1970-01-01T00:00:00.003Z' }],
    ]);
  });

  it('with a wrong payload is reported and not sent', async () => {
    const { client, server, connect, invalid } = harness();
    await connect();
    expect(client.emit('remind', { at: 'now' })).toBe(false);
    expect(invalid).toMatchObject([{ event: 'remind', direction: 'outbound', issues: [{ path: ['at'] }] }]);
    expect(server.sent).toEqual([]);
  });

  it('volatile is dropped unless connected and joined, never kept (10)', async () => {
    const { client, server, connect, join, reconnect } = harness();
    const move = { boardId: 'b1', x: 1 };
    const queue = { whenOffline: 'queue' } as const;
    expect(client.cursorMove(move, queue)).toBe(false);
    client.connect();
    await turn();
    expect(client.cursorMove(move, queue)).toBe(false);
    server.accept();
    expect(client.cursorMove(move, queue)).toBe(false);
    client.board({ boardId: 'b1' }).join();
    expect(client.cursorMove(move, queue)).toBe(false);
    server.take('board:join').ack({ ok: true, data: { title: 'B' } });
    expect(client.cursorMove(move)).toBe(true);
    expect(client.cursorMove({ ...move, boardId: 'b2' })).toBe(false);
    expect(server.take()).toMatchObject({ event: 'cursor:move', args: [move], volatile: true });
    await reconnect();
    expect(client.cursorMove(move)).toBe(false);
    server.take('board:join');
    expect(server.sent).toEqual([]);
    void join;
    void connect;
  });

  it('volatile within a room that the server joins by itself needs a connection only', async () => {
    const { client, server, connect } = harness();
    expect(client.emit('mood:set', { userId: 'u1' })).toBe(false);
    await connect();
    expect(client.emit('mood:set', { userId: 'u1' })).toBe(true);
    expect(server.take('mood:set').volatile).toBe(true);
  });

  it('on a link that has silently died goes neither out nor into Socket.IO’s buffer (9)', async () => {
    const { client, server, connect, clock, join } = harness();
    await connect();
    await join('b1');
    server.halfOpen = true;
    expect(client.cursorMove({ boardId: 'b1', x: 1 })).toBe(false);
    expect(client.emit('remind', { at: new Date(5) }, { whenOffline: 'queue' })).toBe(true);
    expect(await outcome(client.request('ping'))).toMatchObject(failed('DISCONNECTED'));
    server.cut('ping timeout');
    await clock.advance(500);
    server.accept();
    expect(server.sent.map(({ event }) => event)).toEqual(['board:join']);
    server.take().ack({ ok: true, data: { title: 'B' } });
    expect(server.sent.map(({ event }) => event)).toEqual(['remind']);
  });
});

describe('validate', () => {
  it('both checks what is about to be sent in full', async () => {
    const { client, connect } = harness({ validate: 'both' });
    await connect();
    // The encoder of this validator looks at the length alone.
    expect(await client.request('point', ['a', 'b'])).toMatchObject(failed('INVALID_PAYLOAD'));
  });

  it('inbound leaves to the server what can be converted', async () => {
    const { client, server, connect } = harness();
    await connect();
    void client.request('point', ['a', 'b']);
    expect(server.take('point').args).toEqual(['a', 'b']);
  });

  it('off lets pass what the validator refuses, and converts the rest', async () => {
    const { client, server, connect, invalid } = harness({ validate: 'off' });
    await connect();
    const result = client.request('ping');
    server.take().ack({ ok: true, data: 'other' });
    expect(await result).toEqual({ ok: true, data: 'other' });
    expect(client.emit('remind', { at: 'now' })).toBe(true);
    expect(client.emit('remind', { at: new Date(0) })).toBe(true);
    expect(server.sent.map(({ args }) => args)).toEqual([
      [{ at: 'now' }],
      [{ at: '1970-01-01T00:00:00.000Z' }],
    ]);
    expect(invalid).toEqual([]);
  });
});
