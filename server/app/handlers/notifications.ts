import type { NotificationsHandlers } from '../generated/notifications.server.gen.ts';
import type { Inbox } from '../inbox.ts';

/** Handlers of stored notifications: everyone sees and marks their own. */
export function notificationHandlers(inbox: Inbox): NotificationsHandlers {
  return {
    'notification:list': async ({ before, limit }, ctx) => {
      const { items, more } = await inbox.page(ctx.identity.id, { before, limit: limit ?? 50 });
      return { notifications: [...items], unread: await inbox.unread(ctx.identity.id), more };
    },
    'notification:read': async ({ ids }, ctx) => ({ unread: await inbox.markRead(ctx.identity.id, ids) }),
    'notification:read-all': async (_, ctx) => ({ unread: await inbox.markRead(ctx.identity.id) }),
  };
}
