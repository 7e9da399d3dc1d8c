import { describe, expect, it } from 'vitest';
import { turn } from './testing/fake-clock.ts';
import { harness } from './testing/harness.ts';

describe('a refused handshake', () => {
  const expired = { code: 'TOKEN_EXPIRED', message: 'x', retryable: true };

  it('TOKEN_EXPIRED is answered with one fresh token, at once (13)', async () => {
    const reasons: string[] = [];
    const { client, server, phase } = harness({
      auth: ({ reason }) => {
        reasons.push(reason);
        return { token: reason };
      },
    });
    client.connect();
    await turn();
    server.deny('expired', expired);
    await turn();
    server.accept();
    expect([phase(), reasons]).toEqual(['connected', ['connect', 'expired']]);
  });

  it('TOKEN_EXPIRED twice is unauthorized, and rests there (13)', async () => {
    const { client, server, clock, phase } = harness();
    client.connect();
    await turn();
    server.deny('expired', expired);
    await turn();
    server.deny('expired', expired);
    await clock.advance(600_000);
    expect([phase(), server.handshakes.length, clock.timers()]).toEqual(['unauthorized', 2, 0]);
  });

  it('a network failure after the refresh is no second refusal', async () => {
    const { client, server, clock, phase } = harness();
    client.connect();
    await turn();
    server.deny('expired', expired);
    await turn();
    server.unreachable();
    expect(phase()).toBe('connecting');
    await clock.advance(1_000);
    server.accept();
    expect(phase()).toBe('connected');
  });

  it('TOKEN_EXPIRED as the answer to a call refreshes in place (15)', async () => {
    const reasons: string[] = [];
    const { client, server, clock, connect, phase } = harness({
      auth: ({ reason }) => {
        reasons.push(reason);
        return { token: reason };
      },
    });
    await connect();
    const early = client.request('ping');
    server.take().ack({ ok: false, error: expired });
    expect(await early).toMatchObject({ ok: false, error: { code: 'TOKEN_EXPIRED', retryable: true } });
    expect(phase()).toBe('connected');
    await clock.advance(5_000);
    void client.request('ping');
    const other = client.request('ping');
    server.take().ack({ ok: false, error: expired });
    expect(client.connection.getSnapshot()).toMatchObject({
      phase: 'reconnecting',
      error: { code: 'TOKEN_EXPIRED' },
    });
    expect(await other).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    await turn();
    server.accept();
    expect([phase(), reasons]).toEqual(['connected', ['connect', 'expired']]);
  });

  it.each([
    ['reconnect()', (client: ReturnType<typeof harness>['client']) => client.reconnect()],
    ['the next lease', (client: ReturnType<typeof harness>['client']) => void client.connect()],
  ])('unauthorized ends with %s', async (_, go) => {
    const { client, server, phase } = harness();
    client.connect();
    await turn();
    server.deny('no', { code: 'UNAUTHENTICATED', message: 'no', retryable: false });
    expect(phase()).toBe('unauthorized');
    go(client);
    expect(client.connection.getSnapshot()).toMatchObject({ phase: 'connecting', attempt: 1 });
    expect(client.connection.getSnapshot().error).toBeUndefined();
    await turn();
    server.accept();
    expect(phase()).toBe('connected');
  });

  it('CONTRACT_MISMATCH is incompatible, with both versions (31)', async () => {
    const { client, server, clock, phase } = harness();
    client.connect();
    await turn();
    const theirs = { contract: 'board', version: '2.0.0', hash: 'cafe' };
    server.deny('x', { code: 'CONTRACT_MISMATCH', message: 'x', retryable: false, server: theirs });
    await clock.advance(60_000);
    expect([phase(), server.handshakes.length]).toEqual(['incompatible', 1]);
    const mismatch = {
      client: { contract: 'board', version: '1.2.0', hash: 'beef' },
      server: theirs,
      reload: false,
    };
    expect(client.connection.getSnapshot()).toMatchObject({ mismatch, error: { details: mismatch } });
    client.reconnect();
    expect(client.connection.getSnapshot().mismatch).toBeUndefined();
  });

  it('CONTRACT_MISMATCH says whether loading the client anew is likely to help', async () => {
    const { client, server, phase } = harness();
    client.connect();
    await turn();
    server.deny('x', { code: 'CONTRACT_MISMATCH', message: 'x', retryable: false, reload: true });
    expect(phase()).toBe('incompatible');
    expect(client.connection.getSnapshot().mismatch).toMatchObject({ reload: true, server: undefined });
  });

  it.each([
    ['a retryable code', { code: 'UNAVAILABLE', message: 'x', retryable: true }, 'connecting'],
    ['the server’s own failure', { code: 'INTERNAL', message: 'x', retryable: false }, 'connecting'],
    ['a code of the contract’s', { code: 'BANNED', message: 'x', retryable: false }, 'unauthorized'],
    ['FORBIDDEN', { code: 'FORBIDDEN', message: 'x', retryable: false }, 'unauthorized'],
    ['no code at all', undefined, 'unauthorized'],
    ['something that is no error', { code: 7 }, 'unauthorized'],
  ])('%s', async (_, data, want) => {
    const { client, server, phase } = harness();
    client.connect();
    await turn();
    server.deny('refused', data);
    expect(phase()).toBe(want);
  });

  it('of a namespace that is not there yet is retried', async () => {
    const { client, server, clock } = harness();
    client.connect();
    await turn();
    server.deny('Invalid namespace');
    await clock.advance(500);
    expect(server.handshakes.length).toBe(2);
  });

  it('waits as long as the server asks', async () => {
    const { client, server, clock } = harness();
    client.connect();
    await turn();
    server.deny('x', { code: 'RATE_LIMITED', message: 'x', retryable: true, retryAfterMs: 4_000 });
    await clock.advance(4_499);
    expect(server.handshakes.length).toBe(1);
    await clock.advance(1);
    expect(server.handshakes.length).toBe(2);
  });
});
