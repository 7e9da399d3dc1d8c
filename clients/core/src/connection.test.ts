import { ContractError } from '@sockeye/contract/wire';
import { describe, expect, it } from 'vitest';
import { turn } from './testing/fake-clock.ts';
import { harness } from './testing/harness.ts';
import type { AuthContext } from './surface.ts';

describe('a lease', () => {
  it('is what opens the connection; the first of several, once', async () => {
    const { client, server, phase } = harness({ url: 'https://api.example.com/' });
    await turn();
    expect([server.sockets, phase()]).toEqual([0, 'idle']);
    client.connect();
    client.connect();
    await turn();
    expect(server.urls).toEqual(['https://api.example.com/board']);
    expect([server.sockets, server.handshakes.length, phase()]).toEqual([1, 1, 'connecting']);
  });

  it('keeps the connection open until lingerMs after the last was released', async () => {
    const { client, server, clock, phase } = harness({ lingerMs: 100 });
    const first = client.connect();
    const second = client.connect();
    await turn();
    server.accept();
    first.release();
    first.release();
    await clock.advance(100);
    expect(phase()).toBe('connected');
    second[Symbol.dispose]();
    await clock.advance(99);
    expect([phase(), server.connected()]).toEqual(['connected', true]);
    await clock.advance(1);
    expect([phase(), server.connected(), clock.timers()]).toEqual(['idle', false, 0]);
  });

  it('taken again while the last one lingers changes nothing (3: StrictMode)', async () => {
    const { client, server, clock } = harness({ lingerMs: 100 });
    client.connect().release();
    client.connect();
    await clock.advance(1_000);
    server.accept();
    client.connect().release();
    await clock.advance(1_000);
    expect([server.handshakes.length, server.connected()]).toEqual([1, true]);
  });

  it('taken after everything was closed connects anew', async () => {
    const { client, server, clock, phase } = harness({ lingerMs: 0 });
    client.connect().release();
    await clock.advance(0);
    expect(phase()).toBe('idle');
    client.connect();
    await turn();
    server.accept();
    expect([phase(), server.handshakes.length]).toEqual(['connected', 2]);
  });
});

describe('auth', () => {
  it('is asked before every connect, with the reason; the contract stamp is added', async () => {
    const asked: Omit<AuthContext, 'signal'>[] = [];
    const { client, server, clock } = harness({
      auth: ({ reason, attempt }) => {
        asked.push({ reason, attempt });
        return { token: `t${asked.length}`, extra: 'stripped' };
      },
    });
    client.connect();
    await turn();
    expect(server.handshakes).toEqual([
      { token: 't1', sockeye: { contract: 'board', version: '1.2.0', hash: 'beef', batches: true } },
    ]);
    server.unreachable();
    await clock.advance(500);
    server.accept();
    await clock.advance(10_000);
    server.cut();
    await clock.advance(500);
    server.accept();
    expect(asked).toEqual([
      { reason: 'connect', attempt: 1 },
      { reason: 'connect', attempt: 2 },
      { reason: 'reconnect', attempt: 1 },
    ]);
    expect(server.handshakes.at(-1)).toMatchObject({ token: 't3' });
  });

  it.each([
    ['rejecting', () => Promise.reject(new Error('offline'))],
    [
      'throwing',
      () => {
        throw new Error('offline');
      },
    ],
  ])('%s is retried with backoff and visible (14)', async (_, fail) => {
    let calls = 0;
    const { client, server, clock } = harness({
      auth: () => (++calls < 3 ? fail() : { token: 'ok' }),
    });
    client.connect();
    await turn();
    expect(client.connection.getSnapshot()).toMatchObject({
      phase: 'connecting',
      attempt: 1,
      error: { code: 'UNAVAILABLE', message: 'Error: offline' },
    });
    expect(server.handshakes).toEqual([]);
    await clock.advance(499);
    expect(calls).toBe(1);
    await clock.advance(1);
    expect(calls).toBe(2);
    await clock.advance(1_000);
    server.accept();
    expect(client.connection.getSnapshot()).toMatchObject({ phase: 'connected', attempt: 0 });
    expect(client.connection.getSnapshot().error).toBeUndefined();
  });

  it('that hangs is aborted when time is up, and asked again', async () => {
    const signals: AbortSignal[] = [];
    const { client, clock } = harness({
      connectTimeoutMs: 3_000,
      auth: ({ signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    client.connect();
    await clock.advance(3_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(client.connection.getSnapshot().error?.code).toBe('TIMEOUT');
    await clock.advance(500);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('is aborted when nobody wants the connection any more, and its answer is not used', async () => {
    let answer: (value: object) => void = () => undefined;
    let signal: AbortSignal | undefined;
    const { client, server, clock } = harness({
      lingerMs: 10,
      auth: (context) => {
        signal = context.signal;
        return new Promise((resolve) => (answer = resolve));
      },
    });
    client.connect().release();
    await clock.advance(10);
    expect(signal?.aborted).toBe(true);
    answer({ token: 'late' });
    await clock.advance(60_000);
    expect([server.sockets, server.handshakes.length]).toEqual([0, 0]);
  });

  it('of another shape than the contract says ends in unauthorized, with the issues', async () => {
    const { client } = harness({ auth: () => ({ toke: 'typo' }) });
    client.connect();
    await turn();
    expect(client.connection.getSnapshot()).toMatchObject({
      phase: 'unauthorized',
      error: { code: 'INVALID_PAYLOAD', issues: [{ path: ['token'] }] },
    });
  });

  it('that throws a ContractError decides what follows', async () => {
    const { client, phase } = harness({
      auth: () => Promise.reject(new ContractError('UNAUTHENTICATED', { message: 'signed out' })),
    });
    client.connect();
    await turn();
    expect(phase()).toBe('unauthorized');
  });
});

describe('a lost connection', () => {
  it.each(['transport close', 'io server disconnect', 'ping timeout'])(
    'is made again after %s, with backoff',
    async (reason) => {
      const { connect, client, server, clock, phase } = harness();
      await connect();
      await clock.advance(10_000);
      server.cut(reason);
      expect(client.connection.getSnapshot()).toMatchObject({
        phase: 'reconnecting',
        attempt: 0,
        retryAt: clock.now() + 500,
        error: { code: 'DISCONNECTED', message: reason },
      });
      await clock.advance(500);
      expect(client.connection.getSnapshot()).toMatchObject({ phase: 'reconnecting', attempt: 1 });
      expect(client.connection.getSnapshot().retryAt).toBeUndefined();
      server.unreachable();
      await clock.advance(500);
      server.unreachable();
      await clock.advance(999);
      expect(server.handshakes.length).toBe(3);
      await clock.advance(1);
      server.accept();
      expect([phase(), server.sockets]).toEqual(['connected', 1]);
    },
  );

  it('that never lasts is not made again at full speed', async () => {
    const { connect, server, clock } = harness({ backoff: { minMs: 100, maxMs: 800 } });
    await connect();
    const waits: number[] = [];
    for (let round = 0; round < 5; round++) {
      server.cut('io server disconnect');
      const before = server.handshakes.length;
      let waited = 0;
      while (server.handshakes.length === before) {
        await clock.advance(100);
        waited += 100;
      }
      waits.push(waited);
      server.accept();
    }
    expect(waits).toEqual([100, 200, 400, 800, 800]);
  });

  it('is not noticed as such when closed by the client', async () => {
    const { connect, client, server, clock, phase } = harness();
    await connect();
    client.close();
    await clock.advance(60_000);
    expect([phase(), server.handshakes.length, clock.timers()]).toEqual(['closed', 1, 0]);
    client.connect();
    client.reconnect();
    await clock.advance(60_000);
    expect([phase(), server.handshakes.length]).toEqual(['closed', 1]);
  });

  it('reconnect() asks for fresh credentials over a standing connection', async () => {
    const { connect, client, server, phase } = harness();
    await connect();
    client.reconnect();
    expect(phase()).toBe('reconnecting');
    await turn();
    server.accept();
    expect([phase(), server.handshakes.length]).toEqual(['connected', 2]);
  });

  it('reconnect() joins rooms by the new connection alone', async () => {
    const { connect, client, server, join } = harness();
    await connect();
    await join('b1');
    client.reconnect();
    await turn();
    expect(server.sent).toEqual([]);
    server.accept();
    expect(server.take('board:join').args).toEqual([{ boardId: 'b1' }]);
    expect(server.sent).toEqual([]);
  });

  it('reconnect() without a lease does nothing', async () => {
    const { client, server, phase } = harness();
    client.reconnect();
    await turn();
    expect([phase(), server.sockets]).toEqual(['idle', 0]);
  });
});

describe('the snapshot', () => {
  it('is the same object until something changes, and the first one on a server', async () => {
    const { client, connect } = harness();
    const { connection } = client;
    const initial = connection.getSnapshot();
    expect(initial).toEqual({ phase: 'idle', attempt: 0, since: 0, invalid: 0, queued: 0 });
    expect(connection.getSnapshot()).toBe(initial);
    await connect();
    expect(connection.getSnapshot()).not.toBe(initial);
    expect(connection.getSnapshot()).toBe(connection.getSnapshot());
    expect(connection.getServerSnapshot()).toBe(initial);
  });

  it('tells since when the phase lasts', async () => {
    const { client, connect, clock } = harness();
    await clock.advance(500);
    await connect();
    expect(client.connection.getSnapshot().since).toBe(clock.now());
  });

  it('is announced once for all changes of one stretch, also to a watcher given twice', async () => {
    const { client } = harness();
    const seen: string[] = [];
    const watch = () => seen.push(client.connection.getSnapshot().phase);
    client.connection.subscribe(watch);
    const stop = client.connection.subscribe(watch);
    client.connect();
    client.close();
    await turn();
    expect(seen).toEqual(['closed', 'closed']);
    stop();
    stop();
  });
});
