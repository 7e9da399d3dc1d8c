import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inboxLimit, type InboxItem, type InboxStore } from '../../server/app/stores/inbox-store.ts';

/** What the suite needs of a store of notifications. */
export interface InboxStoreFixture {
  /** An empty store of its own. `reopen` closes it and opens the same data again; absent where nothing survives. */
  readonly open: () => Promise<{ readonly store: InboxStore; readonly reopen?: () => Promise<InboxStore> }>;
}

/** Everything that a store of notifications promises, whatever it is made of. */
export function describeInboxStore(name: string, fixture: InboxStoreFixture): void {
  const opened = async () => {
    const result = await fixture.open();
    onTestFinished(() => result.store.close());
    return result;
  };
  const filled = async (count: number) => {
    const { store, reopen } = await opened();
    const items = Array.from({ length: count }, (_, index) => item(`Number ${index + 1}`));
    for (const each of items) await add(store, 'u_ada', each);
    return { store, reopen, items, ids: items.map(({ id }) => id) };
  };

  describe(`inbox store: ${name}`, () => {
    test('is read page by page, the newest first', async () => {
      const { store, items, ids } = await filled(5);
      expect(await store.page('u_ada', { limit: 2 })).toEqual({ items: [items[4], items[3]], more: true });
      expect(await store.page('u_ada', { limit: 2, before: ids[3] })).toEqual({
        items: [items[2], items[1]],
        more: true,
      });
      expect(await store.page('u_ada', { limit: 2, before: ids[1] })).toEqual({
        items: [items[0]],
        more: false,
      });
      expect(await store.page('u_ada', { limit: 2, before: randomUUID() })).toEqual({
        items: [],
        more: false,
      });
      expect(await store.page('u_bob', { limit: 2 })).toEqual({ items: [], more: false });
    });

    test('counts what is unread, and marks it once', async () => {
      const { store, items, ids } = await filled(3);
      await add(store, 'u_bob', item('Of another'));
      expect(await store.unread('u_ada')).toBe(3);
      const marked = await store.markRead('u_ada', readAt, [ids[1]!, randomUUID()]);
      expect(marked).toEqual([{ ...items[1], readAt }]);
      expect(await store.markRead('u_ada', new Date(), [ids[1]!])).toEqual([]);
      expect(await store.unread('u_ada')).toBe(2);
      expect((await store.markRead('u_ada', readAt)).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
      expect(await store.unread('u_ada')).toBe(0);
      expect(await store.unread('u_bob')).toBe(1);
      expect((await store.page('u_ada', { limit: 3 })).items.every((each) => each.readAt !== null)).toBe(
        true,
      );
    });

    test('marks nothing of another user', async () => {
      const { store, ids } = await filled(1);
      expect(await store.markRead('u_bob', readAt, ids)).toEqual([]);
      expect(await store.unread('u_ada')).toBe(1);
    });

    test('forgets the oldest beyond its limit', async () => {
      const { store, ids } = await filled(inboxLimit + 2);
      expect(await store.unread('u_ada')).toBe(inboxLimit);
      const oldest = await store.page('u_ada', { limit: 5, before: ids[3] });
      expect(oldest.items.map(({ id }) => id)).toEqual([ids[2]]);
    });

    test('waits for its user across a restart, where it says so', async () => {
      const { store, reopen, items } = await filled(2);
      if (!reopen) return expect(store.kind).toBe('memory');
      const again = await reopen();
      onTestFinished(() => again.close());
      expect((await again.page('u_ada', { limit: 5 })).items).toEqual([items[1], items[0]]);
    });

    test('is healthy until closed, and closes twice', async () => {
      const { store } = await opened();
      expect(await store.healthy()).toBe(true);
      await store.close();
      await store.close();
    });
  });
}

function add(store: InboxStore, userId: string, each: InboxItem): Promise<void> {
  return store.eventLog!.transaction(({ native }) => store.add(native, userId, each));
}

const readAt = new Date('2026-11-21T10:00:00.000Z');

function item(title: string): InboxItem {
  return {
    id: randomUUID(),
    kind: 'mention',
    title,
    body: 'Hello',
    from: { id: 'u_bob', name: 'Bob' },
    createdAt: new Date('2026-11-21T08:00:00.001Z'),
    readAt: null,
  };
}
