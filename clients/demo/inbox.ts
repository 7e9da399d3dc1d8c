import { success, type LoadContext, type Result, type Store } from '@sockeye/client';
import type * as t from './generated/notifications.types.gen.ts';
import type { Place } from './place.ts';
import { sentence } from './sentence.ts';
import { createStore } from './store.ts';
import { visible } from './visible.ts';

/** The part of the generated client of `notifications` that is used here. */
export interface InboxCalls {
  notificationList(
    payload: t.NotificationListPayload,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<t.NotificationListAck>>;
  readonly inbox: { readonly reload: () => Promise<Result<void>> };
}

/** State of earlier notifications, which are not shown. */
export interface Earlier {
  readonly more: boolean;
  /** Whether they are being loaded. */
  readonly isLoading: boolean;
}

/** The stored notifications, as far back as the user has scrolled. */
export interface Inbox {
  /** The client's `projections` option. */
  readonly loads: {
    readonly inbox: {
      readonly load: (context: LoadContext) => Promise<Result<readonly t.StoredNotification[]>>;
    };
  };
  readonly earlier: Store<Earlier>;
  /** Shows 50 earlier ones. False if that failed, in which case an error is shown. */
  readonly showEarlier: () => Promise<boolean>;
}

/** How many more to show at a time, and the server's page size. */
const [step, page] = [50, 100];

/**
 * Creates the inbox of a client. Earlier notifications are shown by reloading more of them, so that they are updated
 * and marked as read like the newest.
 *
 * @param tell Shows an error.
 */
export function createInbox(client: () => InboxCalls, tell: (problem: string) => void): Inbox {
  const earlier = createStore<Earlier>({ more: false, isLoading: false });
  let wanted = step;

  async function load({ signal }: LoadContext): Promise<Result<readonly t.StoredNotification[]>> {
    const rows: t.StoredNotification[] = [];
    let more = true;
    while (more && rows.length < wanted) {
      const limit = Math.min(page, wanted - rows.length);
      const before = rows.at(-1)?.id;
      const result = await client().notificationList({ limit, ...(before && { before }) }, { signal });
      if (!result.ok) return result;
      rows.push(...result.data.notifications);
      more = result.data.more;
    }
    earlier.set({ more, isLoading: false });
    return success(rows);
  }

  return {
    loads: { inbox: { load } },
    earlier,
    showEarlier: async () => {
      if (earlier.getSnapshot().isLoading) return false;
      earlier.set({ more: true, isLoading: true });
      wanted += step;
      const result = await client().inbox.reload();
      // ABORTED: a reconnect reloads as many.
      if (result.ok || result.error.code === 'ABORTED') return true;
      wanted -= step;
      earlier.set({ more: true, isLoading: false });
      tell(sentence(result.error));
      return false;
    },
  };
}

/** Whether the user is looking at the subject of a notification, so that it need not be shown. */
export function isSeen({ channelId }: t.StoredNotification, { view, item }: Place): boolean {
  return channelId !== undefined && view === 'chat' && item === channelId && visible.getSnapshot();
}

/** Notifications, newest first. */
export function newestFirst(rows: readonly t.StoredNotification[]): readonly t.StoredNotification[] {
  return [...rows].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}
