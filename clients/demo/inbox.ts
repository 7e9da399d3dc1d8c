import { success, type LoadContext, type Result, type Store } from '@sockeye/client';
import type * as t from './generated/notifications.types.gen.ts';
import type { Place } from './place.ts';
import { sentence } from './sentence.ts';
import { createStore } from './store.ts';
import { visible } from './visible.ts';

/** What is used here of a generated client of `notifications`. */
export interface InboxCalls {
  notificationList(
    payload: t.NotificationListPayload,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<t.NotificationListAck>>;
  readonly inbox: { readonly reload: () => Promise<Result<void>> };
}

/** What there is before the notifications that are shown. */
export interface Earlier {
  readonly more: boolean;
  /** It is on its way. */
  readonly isLoading: boolean;
}

/** The stored notifications, as far back as somebody has looked. */
export interface Inbox {
  /** Where they come from. */
  readonly loads: {
    readonly inbox: {
      readonly load: (context: LoadContext) => Promise<Result<readonly t.StoredNotification[]>>;
    };
  };
  readonly earlier: Store<Earlier>;
  /** Shows the 50 before those that are shown; false where there was nothing to be had, which is told. */
  readonly showEarlier: () => Promise<boolean>;
}

/** How many more are shown at a time; and how many the server tells at most at once. */
const [step, page] = [50, 100];

/**
 * Makes the inbox of a client that needs it. Earlier notifications come by loading all of them further back, so that
 * they are read and marked like the newest.
 *
 * @param tell Tells what went wrong.
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
      // A reconnect loads anew, and as far back.
      if (result.ok || result.error.code === 'ABORTED') return true;
      wanted -= step;
      earlier.set({ more: true, isLoading: false });
      tell(sentence(result.error));
      return false;
    },
  };
}

/** Whether somebody is looking at what a notification is about: they need not be told. */
export function isSeen({ channelId }: t.StoredNotification, { view, item }: Place): boolean {
  return channelId !== undefined && view === 'chat' && item === channelId && visible.getSnapshot();
}

/** Notifications, the newest first. */
export function newestFirst(rows: readonly t.StoredNotification[]): readonly t.StoredNotification[] {
  return [...rows].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}
