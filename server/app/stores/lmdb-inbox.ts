import { mkdirSync } from 'node:fs';
import { open } from 'lmdb';
import { inboxLimit, type InboxItem, type InboxStore } from './inbox-store.ts';
import { isStoredId } from './store.ts';

/** Options of {@link lmdbInbox}. */
export interface LmdbInboxOptions {
  /** Folder of the database files; made where it is missing, readable by its owner only. */
  readonly folder: string;
}

/** Place of a notification: its user, then a number that counts up. */
type Place = [userId: string, number: number];

/**
 * Keeps notifications in an embedded LMDB database, in the order in which they came.
 *
 * @throws Error when the folder cannot be made or opened.
 */
export function lmdbInbox(options: LmdbInboxOptions): InboxStore {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const root = open({ path: options.folder, maxDbs: 4 });
  const items = root.openDB<InboxItem, Place>({ name: 'notifications' });
  let closing: Promise<void> | undefined;

  /** At most {@link inboxLimit} of them, the oldest first. */
  const itemsOf = (userId: string): { readonly key: Place; readonly value: InboxItem }[] =>
    isStoredId(userId) ? [...items.getRange({ start: [userId, 0], end: [userId, Infinity] })] : [];

  return {
    kind: 'lmdb',
    add: async (userId, item) => {
      if (!isStoredId(userId)) return;
      await root.transaction(() => {
        const before = itemsOf(userId);
        for (const { key } of before.slice(0, Math.max(0, before.length + 1 - inboxLimit)))
          void items.remove(key);
        void items.put([userId, (before.at(-1)?.key[1] ?? 0) + 1], item);
      });
    },
    page: async (userId, { before, limit }) => {
      const all = itemsOf(userId).map(({ value }) => value);
      const end = before === undefined ? all.length : all.findIndex(({ id }) => id === before);
      const older = all.slice(0, Math.max(0, end));
      return { items: older.slice(-limit).reverse(), more: older.length > limit };
    },
    unread: async (userId) => itemsOf(userId).filter(({ value }) => value.readAt === null).length,
    markRead: (userId, readAt, ids) =>
      root.transaction(() => {
        const marked: InboxItem[] = [];
        for (const { key, value } of itemsOf(userId)) {
          if (value.readAt !== null || (ids && !ids.includes(value.id))) continue;
          const read = { ...value, readAt };
          void items.put(key, read);
          marked.push(read);
        }
        return marked;
      }),
    healthy: async () => {
      if (closing) return false;
      try {
        await root.put('healthy', Date.now());
        return true;
      } catch {
        return false;
      }
    },
    close: () => (closing ??= root.flushed.then(() => root.close())),
  };
}
