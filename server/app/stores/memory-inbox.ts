import { memoryLog, type MemoryTransaction } from '@sockeye/server/stores/memory';
import { inboxLimit, type InboxItem, type InboxStore } from './inbox-store.ts';

/** Keeps notifications in memory, for tests and for trying things out; gone when the process ends. */
export function memoryInbox(): InboxStore {
  /** By user, the oldest first. */
  const inboxes = new Map<string, InboxItem[]>();
  const itemsOf = (userId: string): InboxItem[] => inboxes.get(userId) ?? [];

  return {
    kind: 'memory',
    eventLog: memoryLog(),
    add: (native, userId, item) => {
      const before = itemsOf(userId);
      inboxes.set(userId, [...before, structuredClone(item)].slice(-inboxLimit));
      (native as Partial<MemoryTransaction>).onRollback?.(() => inboxes.set(userId, before));
    },
    page: async (userId, { before, limit }) => {
      const all = itemsOf(userId);
      const end = before === undefined ? all.length : all.findIndex(({ id }) => id === before);
      const older = all.slice(0, Math.max(0, end));
      return { items: structuredClone(older.slice(-limit).reverse()), more: older.length > limit };
    },
    unread: async (userId) => itemsOf(userId).filter(({ readAt }) => readAt === null).length,
    markRead: async (userId, readAt, ids) => {
      const marked: InboxItem[] = [];
      const next = itemsOf(userId).map((item) => {
        if (item.readAt !== null || (ids && !ids.includes(item.id))) return item;
        marked.push({ ...item, readAt });
        return { ...item, readAt };
      });
      inboxes.set(userId, next);
      return structuredClone(marked);
    },
    healthy: async () => true,
    close: async () => {},
  };
}
