import type { EventLog, PresenceOptions, RateStore } from '@sockeye/server';
import type { Logger } from 'pino';
import type { Server } from 'socket.io';
import { createBot, type Bot } from './bot.ts';
import { serveChat, serveNotifications } from './chat-sockets.ts';
import { createChat, type Chat } from './chat/chat.ts';
import { createGate } from './gate.ts';
import type { ChatServer } from './generated/chat.server.gen.ts';
import type { CollabServer } from './generated/collab.server.gen.ts';
import type { NotificationsServer } from './generated/notifications.server.gen.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createNotices, type Notices } from './notices.ts';
import { createObservers } from './observe.ts';
import { createOps, type Ops } from './ops.ts';
import { createSockets } from './sockets.ts';
import type { ChatStore } from './stores/chat-store.ts';
import type { InboxStore } from './stores/inbox-store.ts';
import type { Store } from './stores/store.ts';
import type { Tokens } from './tokens.ts';

/** Options of {@link createServices}. */
export interface ServiceParts {
  readonly store: Store;
  readonly chatStore: ChatStore;
  readonly inboxStore: InboxStore;
  /** Keeps durable events. */
  readonly eventLog: EventLog;
  /** That of chat: a log of its own, where the store of chat has one. */
  readonly chatLog: EventLog;
  readonly tokens: Tokens;
  readonly presence: PresenceOptions;
  /** Counts limits per user, over all nodes; absent: per connection. */
  readonly rates: RateStore | undefined;
  readonly log: Logger;
  readonly now: () => Date;
  /** See `BotParts`. */
  readonly botEveryMs: number | undefined;
}

/** The contracts that the application serves, and what stands behind them. */
export interface Services {
  readonly collab: CollabServer;
  readonly chat: ChatServer;
  readonly notifications: NotificationsServer;
  readonly channels: Chat;
  readonly inbox: Inbox;
  readonly notices: Notices;
  readonly metrics: Metrics;
  readonly ops: Ops;
  readonly bot: Bot;
  /** Disconnects every tab of a session, from every namespace. */
  endSession(sessionId: string): void;
  /** Lets running handlers finish, then cuts every connection; see `CloseOptions`. */
  close(timeoutMs: number): Promise<void>;
}

/** Serves every contract of the application on one Socket.IO server. */
export function createServices(io: Server, parts: ServiceParts): Services {
  const { store, eventLog, presence, log, now } = parts;
  const metrics = createMetrics();
  const observer = createObservers(metrics, log);
  const gate = createGate(parts);
  const inbox = createInbox({ store: parts.inboxStore, server: () => notifications, log, now });
  const channels = createChat({
    store: parts.chatStore,
    users: store.users,
    inbox,
    server: () => chat,
    log,
    now,
  });

  const { rates } = parts;
  const collab = createSockets(io, {
    store,
    gate,
    eventLog,
    presence,
    rates,
    observe: observer('collab'),
    log,
  });
  const sockets = { gate, chat: channels, inbox, observer, log };
  const chat: ChatServer = serveChat(io, { ...sockets, eventLog: parts.chatLog });
  const notifications: NotificationsServer = serveNotifications(io, sockets);
  const servers = [collab, chat, notifications];
  for (const server of servers) metrics.watch(server);
  metrics.watchLog(eventLog);

  const notices = createNotices({ collab, chat, inbox, log, now });
  const bot = createBot({ store, channels, chat, collab, notices, log, now, everyMs: parts.botEveryMs });

  return {
    collab,
    chat,
    notifications,
    channels,
    inbox,
    notices,
    metrics,
    ops: createOps({ metrics, servers }),
    bot,
    endSession: (sessionId) =>
      gate.endSession(
        sessionId,
        servers.map(({ namespace }) => namespace),
      ),
    close: async (timeoutMs) => {
      bot.stop();
      await Promise.all(servers.map((server) => server.close({ timeoutMs, cut: 'transport' })));
    },
  };
}
