import { describe, expect, it } from 'vitest';
import { projectionHarness } from '../testing/projection-host.ts';
import { expiring, type ExpiringStore } from './expiring.ts';
import { feed, type FeedStore } from './feed.ts';
import { latest, type LatestStore } from './latest.ts';

interface Typing {
  readonly userId: string;
  readonly at: number;
}

describe('expiring', () => {
  const typing = () =>
    projectionHarness<ExpiringStore<Typing>>(
      expiring({ event: 'typing', key: 'userId', ttlMs: 4_000, clear: { saved: 'by' } }),
    );
  const users = ({ store }: { store: ExpiringStore<Typing> }) =>
    store.getSnapshot().map(({ userId, at }) => `${userId}${at}`);

  it('keeps the newest of each key until its time is over', async () => {
    const harness = typing();
    harness.push('typing', { userId: 'a', at: 1 });
    await harness.clock.advance(3_000);
    harness.push('typing', { userId: 'b', at: 2 });
    harness.push('typing', { userId: 'a', at: 3 });
    await harness.clock.advance(3_999);
    expect(users(harness)).toEqual(['a3', 'b2']);
    harness.paint();
    const told = harness.told();
    await harness.clock.advance(1);
    harness.paint();
    expect([users(harness), harness.told() - told, harness.clock.timers()]).toEqual([[], 1, 0]);
  });

  it('goes by time stamps: a timer that sleeps keeps nothing alive', async () => {
    const harness = typing();
    let now = 0;
    const asleep = { ...harness.clock, now: () => now, after: () => () => undefined };
    const projection = expiring({ event: 'typing', key: 'userId', ttlMs: 4_000 }).create({
      runtime: { clock: asleep, options: {} } as never,
      owner: {},
      name: 'it',
      watch: () => undefined,
      on: (_event, run) => run({ userId: 'a', at: 1 }),
    });
    const store = projection.store as ExpiringStore<Typing>;
    expect([store.getSnapshot().length, store.getSnapshot() === store.getSnapshot()]).toEqual([1, true]);
    now = 60_000;
    expect(store.getSnapshot()).toEqual([]);
  });

  it.each(['saved', 'down', 'clear', 'close'] as const)('is cleared by %s', (how) => {
    const harness = typing();
    harness.push('typing', { userId: 'a', at: 1 });
    if (how === 'saved') harness.push('saved', { by: 'a' });
    else harness[how]?.();
    expect([users(harness), harness.clock.timers()]).toEqual([[], 0]);
  });

  it('costs one notification a frame', () => {
    const harness = typing();
    for (let i = 0; i < 1_000; i++) harness.push('typing', { userId: `u${i % 50}`, at: i });
    harness.paint();
    expect([harness.told(), users(harness).length, harness.clock.timers()]).toEqual([1, 50, 1]);
  });
});

describe('latest', () => {
  const online = (pick?: string) =>
    projectionHarness<LatestStore<unknown>>(latest({ event: 'online', ...(pick !== undefined && { pick }) }));

  it('is the newest payload, or a field of it', () => {
    const [whole, field] = [online(), online('users')];
    expect(whole.store.getSnapshot()).toBe(undefined);
    for (const harness of [whole, field]) harness.push('online', { users: ['a'] });
    expect([whole.store.getSnapshot(), field.store.getSnapshot()]).toEqual([{ users: ['a'] }, ['a']]);
  });

  it('stays while the connection is lost, and costs one notification a frame', () => {
    const harness = online('users');
    for (let i = 0; i < 1_000; i++) harness.push('online', { users: [i] });
    harness.down?.();
    harness.paint();
    expect([harness.told(), harness.store.getSnapshot()]).toEqual([1, [999]]);
    harness.clear();
    expect(harness.store.getSnapshot()).toBe(undefined);
  });
});

describe('feed', () => {
  const bell = () =>
    projectionHarness<FeedStore<{ id: number }, number>>(feed({ event: 'note', key: 'id', limit: 3 }));
  const state = ({ store }: { store: FeedStore<{ id: number }, number> }) => {
    const { items, unread, unreadKeys } = store.getSnapshot();
    return [items.map(({ id }) => id), unread, [...unreadKeys]];
  };

  it('keeps the last items, the newest first, each once', () => {
    const harness = bell();
    for (const id of [1, 2, 2, 3, 4]) harness.push('note', { id });
    expect(state(harness)).toEqual([[4, 3, 2], 3, [2, 3, 4]]);
    harness.paint();
    expect(harness.told()).toBe(1);
  });

  it('counts what is unread', () => {
    const harness = bell();
    for (const id of [1, 2, 3]) harness.push('note', { id });
    harness.store.markRead(2);
    expect(state(harness)).toEqual([[3, 2, 1], 2, [1, 3]]);
    const snapshot = harness.store.getSnapshot();
    harness.store.markRead(2);
    expect(harness.store.getSnapshot()).toBe(snapshot);
    harness.store.markRead();
    harness.push('note', { id: 4 });
    expect(state(harness)).toEqual([[4, 3, 2], 1, [4]]);
    harness.down?.();
    harness.close();
    expect(state(harness)).toEqual([[], 0, []]);
  });
});
