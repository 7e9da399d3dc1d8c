import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { NotificationsServer } from './generated/notifications.server.gen.ts';
import type { InboxItem, InboxPage, InboxRequest, InboxStore } from './stores/inbox-store.ts';
import { andThen } from './stores/store.ts';
import { createTell } from './tell.ts';

/** A notification before it is stored; without an `id`, it gets one. */
export type NewNotification = Omit<InboxItem, 'createdAt' | 'id' | 'readAt'> &
  Partial<Pick<InboxItem, 'createdAt' | 'id'>>;

/** A notification that was stored, and for whom. */
export interface Kept {
  readonly userId: string;
  readonly item: InboxItem;
}

/** Stored notifications; every tab of a user receives every change. */
export interface Inbox {
  /**
   * Stores a notification as part of a transaction of the event log; at once where the log's transactions are
   * synchronous.
   *
   * @param native What the log calls its transaction.
   */
  keep(native: unknown, userId: string, notification: NewNotification): Kept | Promise<Kept>;
  /** Sends what was stored, after the commit. Never rejects. */
  tell(kept: Kept): Promise<void>;
  page(userId: string, request: InboxRequest): Promise<InboxPage>;
  unread(userId: string): Promise<number>;
  /** Marks notifications as read, without `ids` all of them; returns how many are still unread. */
  markRead(userId: string, ids?: readonly string[]): Promise<number>;
}

/** Options of {@link createInbox}. */
export interface InboxParts {
  readonly store: InboxStore;
  /** Returns the running server; a function, because its handlers need this object first. */
  readonly server: () => NotificationsServer;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Creates an {@link Inbox}. */
export function createInbox({ store, server, log, now }: InboxParts): Inbox {
  const tell = createTell(log, 'a notification was stored but could not be sent');

  const tellUnread = async (userId: string): Promise<number> => {
    const unread = await store.unread(userId);
    tell(() => server().user({ userId }).emit('notification:unread', { unread }));
    return unread;
  };

  return {
    keep: (native, userId, notification) => {
      const item: InboxItem = { id: randomUUID(), createdAt: now(), ...notification, readAt: null };
      return andThen(store.add(native, userId, item), () => ({ userId, item }));
    },
    tell: async ({ userId, item }) => {
      tell(() => server().user({ userId }).emit('notification:new', item));
      await tellUnread(userId).catch((error: unknown) =>
        log.error({ err: error, userId }, 'unread notifications could not be counted'),
      );
    },
    page: (userId, request) => store.page(userId, request),
    unread: (userId) => store.unread(userId),
    markRead: async (userId, ids) => {
      const readAt = now();
      for (const { id } of await store.markRead(userId, readAt, ids)) {
        tell(() => server().user({ userId }).emit('notification:updated', { id, changes: { readAt } }));
      }
      return tellUnread(userId);
    },
  };
}
