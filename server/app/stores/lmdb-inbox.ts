import { inboxLimit, type InboxItem, type InboxStore } from './inbox-store.ts';
import type { LmdbEnvironment } from './lmdb-open.ts';
import { isStoredId } from './store.ts';

/** Place of a notification: its user, then a number that counts up. */
type Place = [userId: string, number: number];

/** Keeps notifications in an LMDB environment, in the order in which they came. */
export function lmdbInbox({ root, life, written, assertOwn }: LmdbEnvironment): InboxStore {
  const items = root.openDB<InboxItem, Place>({ name: 'notifications' });

  /** At most {@link inboxLimit} of them, the oldest first. */
  const itemsOf = (userId: string): { readonly key: Place; readonly value: InboxItem }[] =>
    isStoredId(userId) ? [...items.getRange({ start: [userId, 0], end: [userId, Infinity] })] : [];

  return {
    ...life,
    add: (native, userId, item) => {
      assertOwn(native);
      if (!isStoredId(userId)) return;
      const before = itemsOf(userId);
      for (const { key } of before.slice(0, Math.max(0, before.length + 1 - inboxLimit)))
        void items.remove(key);
      void items.put([userId, (before.at(-1)?.key[1] ?? 0) + 1], item);
    },
    page: async (userId, { before, limit }) => {
      const all = itemsOf(userId).map(({ value }) => value);
      const end = before === undefined ? all.length : all.findIndex(({ id }) => id === before);
      const older = all.slice(0, Math.max(0, end));
      return { items: older.slice(-limit).reverse(), more: older.length > limit };
    },
    unread: async (userId) => itemsOf(userId).filter(({ value }) => value.readAt === null).length,
    markRead: (userId, readAt, ids) =>
      written(undefined, () => {
        const marked: InboxItem[] = [];
        for (const { key, value } of itemsOf(userId)) {
          if (value.readAt !== null || (ids && !ids.includes(value.id))) continue;
          const read = { ...value, readAt };
          void items.put(key, read);
          marked.push(read);
        }
        return marked;
      }),
  };
}
