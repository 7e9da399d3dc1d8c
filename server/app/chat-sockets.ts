import type { EventLog, Observation } from '@sockeye/server';
import type { Logger } from 'pino';
import type { Server } from 'socket.io';
import type { Chat } from './chat/chat.ts';
import type { Gate } from './gate.ts';
import { createChatServer, type ChatServer } from './generated/chat.server.gen.ts';
import { createNotificationsServer, type NotificationsServer } from './generated/notifications.server.gen.ts';
import { chatHandlers } from './handlers/chat.ts';
import { notificationHandlers } from './handlers/notifications.ts';
import type { Inbox } from './inbox.ts';
import { shownName } from './shown-name.ts';

/** What the sockets beside the task board's stand on. */
export interface ChatSocketParts {
  readonly gate: Gate;
  readonly chat: Chat;
  readonly inbox: Inbox;
  /** Creates the observer of one contract. */
  readonly observer: (contract: string) => (observation: Observation) => void;
  readonly log: Logger;
}

/** Serves chat on its namespace. */
export function serveChat(
  io: Server,
  { gate, chat, observer, log, eventLog }: ChatSocketParts & { readonly eventLog: EventLog },
): ChatServer {
  return createChatServer(io, {
    eventLog,
    authenticate: gate.authenticate((user) => ({
      id: user.id,
      name: shownName(user),
      role: user.admin ? ('admin' as const) : ('member' as const),
    })),
    authorize: { channel: (ctx, { channelId }) => chat.mayOpen(ctx.identity, channelId) },
    handlers: chatHandlers(chat),
    onConnect: async ({ rawSocket }) => void (await gate.welcome(rawSocket)),
    observe: observer('chat'),
    log,
  });
}

/** Serves stored notifications on their namespace; every tab learns on connect how many are unread. */
export function serveNotifications(
  io: Server,
  { gate, inbox, observer, log }: ChatSocketParts,
): NotificationsServer {
  return createNotificationsServer(io, {
    authenticate: gate.authenticate((user) => ({ id: user.id, name: shownName(user) })),
    handlers: notificationHandlers(inbox),
    onConnect: async (ctx) => {
      if (!(await gate.welcome(ctx.rawSocket))) return;
      ctx.sender.emit('notification:unread', { unread: await inbox.unread(ctx.identity.id) });
    },
    observe: observer('notifications'),
    log,
  });
}
