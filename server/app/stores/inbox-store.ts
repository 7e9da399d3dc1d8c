import type { EventLog } from '@sockeye/server';
import type * as z from 'zod';
import type { StoredNotification } from '../../../contracts/notifications/notifications.contract.ts';

/** A notification as the application sees it: dates are `Date`s. */
export type InboxItem = z.output<typeof StoredNotification>;

/** Which notifications to read. */
export interface InboxRequest {
  /** Only what came before this one; one that is no longer kept brings nothing. Default: from the newest on. */
  readonly before?: string | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** Notifications in a row, the newest first. */
export interface InboxPage {
  readonly items: readonly InboxItem[];
  /** Whether there are older ones still. */
  readonly more: boolean;
}

/** How many notifications of one user are kept; the oldest go first. */
export const inboxLimit = 200;

/**
 * Where notifications are stored. Every write is atomic, and visible to all later reads once its promise has resolved.
 */
export interface InboxStore {
  /** For logs and the health endpoint. */
  readonly kind: string;
  /** The event log whose transactions can carry notifications; closed with the store. Absent where it has none. */
  readonly eventLog?: EventLog;
  /**
   * Adds a notification, and removes the oldest ones beyond {@link inboxLimit}, as part of a transaction of the event
   * log, with which both are committed.
   *
   * @param native The `native` of the transaction.
   */
  add(native: unknown, userId: string, item: InboxItem): void | Promise<void>;
  page(userId: string, request: InboxRequest): Promise<InboxPage>;
  unread(userId: string): Promise<number>;
  /** Marks as read, all of them without `ids`; returns those that were unread until then, the oldest first. */
  markRead(userId: string, readAt: Date, ids?: readonly string[]): Promise<readonly InboxItem[]>;
  /** Whether reads and writes work. Never rejects. */
  healthy(): Promise<boolean>;
  /** Finishes pending writes and closes files and connections. Can be called twice. */
  close(): Promise<void>;
}
