import { describe, expect, it, vi } from 'vitest';
import { storedOutbox, webStorageOutbox } from './outbox.ts';
import type { StoredCommands } from './storage.ts';
import { turn } from './testing/fake-clock.ts';
import type { Sent } from './testing/scripted-server.ts';
import { logHarness, memoryStorage } from './testing/log-client.ts';

const ok = (total: number) => ({ ok: true, data: { total } });
const refused = (code: string, retryable: boolean, more: object = {}) => ({
  ok: false,
  error: { code, message: '', retryable, ...more },
});
const keyOf = (sent: Sent) => (sent.args[1] as { id: string }).id;
const codeOf = async (result: Promise<unknown>) =>
  ((await result) as { error?: { code: string } }).error?.code ?? 'ok';

describe('a command', () => {
  it('carries a key of its own, beside the payload or where the payload would be', async () => {
    const { client, server, connect } = logHarness();
    await connect();
    void client.request('buy', { what: 'a' });
    void client.request('buy', { what: 'a' });
    void client.request('till:open');
    const [one, two, three] = [server.take('buy'), server.take('buy'), server.take('till:open')];
    expect(one.args).toEqual([{ what: 'a' }, { id: keyOf(one) }]);
    expect(three.args).toEqual([null, { id: keyOf(three) }]);
    expect(new Set([one, two, three].map(keyOf)).size).toBe(3);
    expect(keyOf(one)).toMatch(/^[0-9a-f]{32}:1$/);
    expect(keyOf(two)).toBe(keyOf(one).replace(/1$/, '2'));
  });

  it('has keys apart from those of other pages, also without crypto.randomUUID (30)', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const keys = [];
    for (const { client, server, connect } of [logHarness(), logHarness()]) {
      await connect();
      void client.request('buy', { what: 'a' });
      keys.push(keyOf(server.take('buy')));
    }
    vi.unstubAllGlobals();
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('is sent again under the same key after every reconnect, until it is answered, once', async () => {
    const { client, server, connect, reconnect } = logHarness();
    await connect();
    const results: unknown[] = [];
    const result = client.request('buy', { what: 'a' }).then((end) => results.push(end));
    const first = server.take('buy');
    await reconnect();
    const second = server.take('buy');
    await reconnect();
    const third = server.take('buy');
    expect([keyOf(second), keyOf(third)]).toEqual([keyOf(first), keyOf(first)]);
    first.ack(ok(1));
    second.ack(ok(2));
    third.ack(ok(3));
    third.ack(ok(4));
    await result;
    expect(results).toEqual([ok(3)]);
    await reconnect();
    expect(server.sent).toEqual([]);
  });

  it('waits for a connection by default, and does not where it is told to fail', async () => {
    const { client, server, connect } = logHarness();
    await connect();
    server.cut();
    void client.request('buy', { what: 'a' });
    const failing = client.request('buy', { what: 'b' }, { whenOffline: 'fail' });
    expect(await codeOf(failing)).toBe('DISCONNECTED');
    expect(client.connection.getSnapshot().queued).toBe(1);
  });

  it.each(['DISCONNECTED', 'RATE_LIMITED', 'TIMEOUT', 'UNAVAILABLE'])(
    'is sent again when the answer %s leaves open what became of it',
    async (code) => {
      const { client, server, clock, connect } = logHarness();
      await connect();
      const result = client.request('buy', { what: 'a' });
      const first = server.take('buy');
      first.ack(refused(code, true, { retryAfterMs: 700 }));
      await clock.advance(700);
      const second = server.take('buy');
      expect(keyOf(second)).toBe(keyOf(first));
      second.ack(ok(1));
      expect(await result).toEqual(ok(1));
    },
  );

  it.each(['CONFLICT', 'FORBIDDEN', 'BOARD_FULL', 'INTERNAL'])('ends with the answer %s', async (code) => {
    const { client, server, connect } = logHarness();
    await connect();
    const result = client.request('buy', { what: 'a' });
    server.take('buy').ack(refused(code, code === 'BOARD_FULL'));
    expect(await codeOf(result)).toBe(code);
    expect(server.sent).toEqual([]);
  });

  it('is sent again when nobody answers, and ends after a minute or at the time given', async () => {
    const { client, server, clock, connect } = logHarness();
    await connect();
    const minute = client.request('buy', { what: 'a' });
    const brief = client.request('buy', { what: 'b' }, { timeoutMs: 100 });
    const key = keyOf(server.take('buy'));
    server.take('buy');
    await clock.advance(100);
    expect(await codeOf(brief)).toBe('TIMEOUT');
    await clock.advance(10_000 + 500 - 100);
    const again = server.take('buy');
    expect(keyOf(again)).toBe(key);
    await clock.advance(49_500);
    expect(await codeOf(minute)).toBe('TIMEOUT');
    expect(clock.timers()).toBe(0);
    again.ack(ok(1));
  });

  it.each(['before it is sent', 'while it is on its way', 'while it waits to be sent again'])(
    'ends with ABORTED when it is aborted %s',
    async (when) => {
      const { client, server, clock, connect } = logHarness();
      await connect();
      const abort = new AbortController();
      if (when.startsWith('before')) abort.abort();
      const result = client.request('buy', { what: 'a' }, { signal: abort.signal });
      if (when.includes('again')) server.take('buy').ack(refused('UNAVAILABLE', true));
      abort.abort();
      expect(await codeOf(result)).toBe('ABORTED');
      await clock.advance(70_000);
      expect(server.sent.length).toBe(when.includes('on its way') ? 1 : 0);
    },
  );

  it('ends with DISCONNECTED when the client is closed, wherever it is', async () => {
    const { client, server, clock, connect } = logHarness();
    await connect();
    const flying = Array.from({ length: 20 }, () => client.request('buy', { what: 'a' }));
    server.take('buy').ack(refused('UNAVAILABLE', true));
    client.close();
    flying.push(client.request('buy', { what: 'late' }));
    expect(new Set(await Promise.all(flying.map(codeOf)))).toEqual(new Set(['DISCONNECTED']));
    expect(clock.timers()).toBe(0);
  });

  it('travels with at most 15 others; the rest waits, up to the limit of the queue', async () => {
    const { client, server, connect } = logHarness({ queueLimit: 3 });
    await connect();
    const results = Array.from({ length: 20 }, () => client.request('buy', { what: 'a' }));
    expect(server.sent).toHaveLength(16);
    expect(client.connection.getSnapshot().queued).toBe(3);
    expect(await codeOf(results[19]!)).toBe('UNAVAILABLE');
    server.take('buy').ack(ok(1));
    expect(server.sent).toHaveLength(16);
    expect(client.connection.getSnapshot().queued).toBe(2);
    client.close();
    expect(client.connection.getSnapshot().queued).toBe(0);
  });

  it('without an answer holds up no other (25)', async () => {
    const { client, server, connect } = logHarness({ queueLimit: 200 });
    await connect();
    let done = 0;
    void client.request('buy', { what: 'lost' });
    server.take('buy');
    for (let n = 0; n < 150; n++) void client.request('buy', { what: `${n}` }).then(() => done++);
    for (let n = 0; n < 150; n++) server.take('buy').ack(ok(n));
    await turn();
    expect(done).toBe(150);
  });

  it('with a payload that does not match is refused before it has a key', async () => {
    const { client, server, connect } = logHarness();
    await connect();
    expect(await codeOf(client.request('buy', { what: 1 }))).toBe('INVALID_PAYLOAD');
    expect(server.sent).toEqual([]);
  });
});

describe.each([
  ['at once', false],
  ['by a promise', true],
])('with an outbox that answers %s', (_, slow) => {
  it('a page that is loaded again sends on what was not answered, under the same keys (26)', async () => {
    const outbox = memoryStorage<StoredCommands>(slow);
    const { client, server, clock, connect } = logHarness({ outbox: storedOutbox(outbox) });
    await connect();
    await turn();
    const answered = client.request('buy', { what: 'a' });
    void client.request('buy', { what: 'b' });
    void client.request('till:open');
    server.take('buy').ack(ok(1));
    expect(await answered).toEqual(ok(1));
    const lost = [server.take('buy'), server.take('till:open')];
    await turn();
    await clock.advance(5_000);

    const next = logHarness({ outbox: storedOutbox(outbox) }, clock);
    await next.connect();
    await turn();
    const again = [next.server.take('buy'), next.server.take('till:open')];
    expect(again.map(({ args }) => args)).toEqual(lost.map(({ args }) => args));
    expect(next.server.sent).toEqual([]);
    again[0]!.ack(ok(1));
    again[1]!.ack(refused('CONFLICT', false));
    await turn();
    expect(next.errors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(outbox.kept.size).toBe(0);
  });

  it('closing empties it (27)', async () => {
    const outbox = memoryStorage<StoredCommands>(slow);
    const { client, connect } = logHarness({ outbox: storedOutbox(outbox) });
    await connect();
    await turn();
    void client.request('buy', { what: 'a' });
    await turn();
    expect(outbox.kept.size).toBe(1);
    client.close();
    await turn();
    await turn();
    expect(outbox.kept.size).toBe(0);
  });
});

describe('an outbox', () => {
  const stored = (command: object) => ({
    version: 1,
    commands: [{ id: 'c:1', event: 'buy', at: 1_000, ...command }],
  });

  it('waits with a command of a room until the room is joined, and holds up nothing', async () => {
    const outbox = memoryStorage<StoredCommands>();
    const left = Array.from({ length: 20 }, (_, n) => {
      return { id: `c:${n}`, event: 'board:rename', payload: { boardId: 'b1' }, at: 1_000 };
    });
    outbox.kept.set('board', { version: 1, commands: left });
    const { client, server, clock, connect, join } = logHarness({ outbox: storedOutbox(outbox) });
    await connect();
    void client.request('buy', { what: 'a' });
    server.take('buy');
    await clock.advance(30_000);
    server.sent.length = 0;
    await join('b1');
    await clock.advance(10_000);
    const renames = server.sent.filter(({ event }) => event === 'board:rename');
    const ids = renames.map(({ args }) => (args[1] as { id: string }).id);
    expect(new Set(ids)).toEqual(new Set(left.map(({ id }) => id)));
  });

  it.each([
    ['nothing', undefined],
    ['text', 'x'],
    ['another version', { version: 2, commands: [] }],
    ['no list', { version: 1, commands: {} }],
    ['broken commands', { version: 1, commands: [null, 1, {}, { id: 1 }] }],
    ['an unknown event', stored({ event: '__proto__' })],
    ['an event that is no command', stored({ event: 'ping' })],
    ['an old command', stored({ at: 1_000 - 12 * 3_600_000 })],
    ['a command from the future', stored({ at: 1e15 })],
    ['a command without a time', stored({ at: NaN })],
  ])('with %s sends nothing', async (_, value) => {
    const outbox = memoryStorage<StoredCommands>();
    outbox.kept.set('board', value);
    const { server, errors, connect } = logHarness({ outbox: storedOutbox(outbox) });
    await connect();
    expect([server.sent, errors]).toEqual([[], []]);
  });

  it('that fails is reported, and the command is sent all the same', async () => {
    const fail = () => {
      throw new Error('full');
    };
    const { client, server, errors, connect } = logHarness({
      outbox: storedOutbox({ get: fail, set: fail, remove: fail }),
    });
    await connect();
    const result = client.request('buy', { what: 'a' });
    server.take('buy').ack(ok(1));
    expect(await result).toEqual(ok(1));
    expect(errors.map(String)).toContain('Error: full');
  });

  it('that never answers is reported after three seconds, and holds up nothing', async () => {
    const never = () => new Promise<never>(() => undefined);
    const { client, server, clock, errors, connect } = logHarness({
      outbox: storedOutbox({ get: never, set: never, remove: never }),
    });
    await connect();
    const result = client.request('buy', { what: 'a' });
    server.take('buy').ack(ok(1));
    expect(await result).toEqual(ok(1));
    await clock.advance(10_000);
    expect(errors).toMatchObject([{ code: 'TIMEOUT' }, { code: 'TIMEOUT' }]);
    expect(clock.timers()).toBe(0);
  });

  it('that never answers a write is written to again, with what waits then', async () => {
    const writes: StoredCommands[] = [];
    const set = (_: string, value: StoredCommands) => {
      writes.push(value);
      return new Promise<never>(() => undefined);
    };
    const { client, clock, connect } = logHarness({
      outbox: storedOutbox({ get: () => undefined, set, remove: () => undefined }),
    });
    await connect();
    void client.request('buy', { what: 'a' });
    void client.request('buy', { what: 'b' });
    expect(writes.map(({ commands }) => commands.length)).toEqual([1]);
    await clock.advance(3_000);
    expect(writes.map(({ commands }) => commands.length)).toEqual([1, 2]);
  });

  it('in sessionStorage is JSON', async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const { client, connect, clock } = logHarness({ outbox: webStorageOutbox(storage, 'u1') });
    await connect();
    void client.request('buy', { what: 'a' });
    expect(JSON.parse(kept.get('u1:outbox:board')!)).toMatchObject({
      version: 1,
      commands: [{ event: 'buy', payload: { what: 'a' }, at: clock.now() }],
    });
  });
});
