import { afterEach, describe, expect, it, vi } from 'vitest';
import { turn } from './testing/fake-clock.ts';
import { harness } from './testing/harness.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('coming back to life (29)', () => {
  function page() {
    const listeners = new Map<string, () => void>();
    vi.stubGlobal('addEventListener', (name: string, run: () => void) => listeners.set(name, run));
    vi.stubGlobal('removeEventListener', (name: string) => listeners.delete(name));
    const document = { hidden: false };
    vi.stubGlobal('document', document);
    return { listeners, document };
  }

  it.each(['online', 'pageshow', 'visibilitychange'])('%s makes a waiting retry at once', async (sign) => {
    const { listeners } = page();
    const { client, server } = harness();
    client.connect();
    await turn();
    server.unreachable();
    listeners.get(sign)?.();
    await turn();
    expect(server.handshakes.length).toBe(2);
    listeners.get(sign)?.();
    await turn();
    expect(server.handshakes.length).toBe(2);
  });

  it('a hidden page waits', async () => {
    const { listeners, document } = page();
    const { client, server } = harness();
    client.connect();
    await turn();
    server.unreachable();
    document.hidden = true;
    listeners.get('visibilitychange')?.();
    await turn();
    expect(server.handshakes.length).toBe(1);
  });

  it('an overdue heartbeat is noticed', async () => {
    const { listeners } = page();
    const { connect, server, clock, phase } = harness();
    await connect();
    server.halfOpen = true;
    listeners.get('online')?.();
    await turn();
    expect(phase()).toBe('reconnecting');
    await clock.advance(500);
    server.accept();
    expect(phase()).toBe('connected');
  });

  it('nothing is listened to before the first lease or after the last', async () => {
    const { listeners } = page();
    const { client, clock } = harness({ lingerMs: 5 });
    expect(listeners.size).toBe(0);
    const lease = client.connect();
    expect(listeners.size).toBe(3);
    lease.release();
    await clock.advance(5);
    expect(listeners.size).toBe(0);
  });
});
