import { success, type LoadContext, type Result } from '@sockeye/client';
import type * as t from './generated/notifications.types.gen.ts';
import type { Place } from './place.ts';
import { visible } from './visible.ts';

/** What is used here of a generated client of `notifications`. */
export interface InboxCalls {
  notificationList(
    payload: t.NotificationListPayload,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<t.NotificationListAck>>;
}

/** Where the stored notifications come from; made for a client that needs it. */
export function inboxLoads(client: () => InboxCalls): {
  readonly inbox: {
    readonly load: (context: LoadContext) => Promise<Result<readonly t.StoredNotification[]>>;
  };
} {
  return {
    inbox: {
      load: async ({ signal }) => {
        const result = await client().notificationList({ limit: 50 }, { signal });
        return result.ok ? success(result.data.notifications) : result;
      },
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
