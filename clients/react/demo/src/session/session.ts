/// <reference types="vite/client" />
import type { AuthContext } from '@sockeye/client';
import { createApi } from '../../../../demo/api.ts';
import { tellDeliveries } from '../../../../demo/chat/deliveries.ts';
import { chatLoads } from '../../../../demo/chat/loads.ts';
import { createInbox } from '../../../../demo/inbox.ts';
import { createLine, keepTogether } from '../../../../demo/line.ts';
import { createPlaces } from '../../../../demo/place.ts';
import { createSession } from '../../../../demo/session.ts';
import { createToasts } from '../../../../demo/toasts.ts';
import { createChatClient } from '../generated/chat.client.gen.ts';
import { createCollabClient } from '../generated/collab.client.gen.ts';
import { createNotificationsClient } from '../generated/notifications.client.gen.ts';

/** The server's REST side. */
export const api = createApi();

/** Toasts at the bottom of the page. */
export const toasts = createToasts();

/** The page's URL. */
export const places = createPlaces(import.meta.env.BASE_URL);

/** The signed-in person with their clients, which share one connection. */
export const session = createSession(api, ({ me }) => {
  const shared = {
    auth: async ({ reason }: AuthContext) => ({ token: await api.token(reason === 'expired') }),
    manager: createLine(),
  };
  const client = createCollabClient({
    ...shared,
    projections: { tasks: { load: ({ workspaceId }, { signal }) => api.tasks(workspaceId, signal) } },
  });
  const chat = createChatClient({ ...shared, projections: chatLoads(() => chat) });
  const inbox = createInbox(
    () => notifications,
    (problem) => toasts.show(problem, 'problem'),
  );
  const notifications = createNotificationsClient({ ...shared, projections: inbox.loads });
  const stops = [keepTogether(client, [chat, notifications]), tellDeliveries(chat, me.id)];
  return {
    client,
    chat,
    notifications,
    inbox,
    close: () => {
      for (const stop of stops) stop();
      for (const each of [client, chat, notifications]) each.close();
    },
  };
});

// A module that is replaced while developing must not leave its connection behind.
import.meta.hot?.dispose(session.dispose);
