import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventLog, PresenceOptions } from '@sockeye/server';
import { memoryLog } from '@sockeye/server/stores/memory';
import { pino, type Logger } from 'pino';
import type { Server } from 'socket.io';
import { serveAdminUi } from './admin-ui.ts';
import type { Bot } from './bot.ts';
import type { DemoApps } from './demo-apps.ts';
import { addDemoData } from './demo-data.ts';
import type { ChatServer } from './generated/chat.server.gen.ts';
import type { CollabServer } from './generated/collab.server.gen.ts';
import type { NotificationsServer } from './generated/notifications.server.gen.ts';
import { createHealth } from './health.ts';
import { createHttp } from './http.ts';
import { originPolicy } from './origins.ts';
import { bundlePage } from './page-files.ts';
import { createServices, type Services } from './services.ts';
import { createIo } from './sockets.ts';
import type { ChatStore } from './stores/chat-store.ts';
import type { InboxStore } from './stores/inbox-store.ts';
import { memoryChat } from './stores/memory-chat.ts';
import { memoryInbox } from './stores/memory-inbox.ts';
import type { Cluster } from './stores/redis-cluster.ts';
import type { Store } from './stores/store.ts';
import { createTokens } from './tokens.ts';

/** Options of {@link createApp}. */
export interface AppOptions {
  /** Stores users, workspaces, tasks and sessions; closed with the app. */
  readonly store: Store;
  /** Stores chat; closed with the app. Default: memory. */
  readonly chatStore?: ChatStore;
  /** Stores notifications; closed with the app. Default: memory. */
  readonly inboxStore?: InboxStore;
  /**
   * Stores durable events, in transactions with the writes of the stores; closed with the app. Default: the cluster's,
   * else the stores' own.
   */
  readonly eventLog?: EventLog;
  /** Bearer token for metrics and reports, besides administrators; at least 32 bytes. Default: none. */
  readonly opsToken?: string | undefined;
  /** Time between two actions of the demo's bot, in ms; 0: an administrator starts it. Default: 0. */
  readonly botEveryMs?: number;
  /** Serves Socket.IO's Admin UI without a password: for a developer's own machine. Default: false. */
  readonly adminUi?: boolean;
  /** Signs tokens; at least 32 bytes. */
  readonly jwtSecret: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Further web origins that may call the server, besides its own. Default: none. */
  readonly origins?: readonly string[];
  /** Life of an access token, in seconds. Default: 900. */
  readonly accessTokenSeconds?: number;
  /** See `PresenceOptions`. */
  readonly presence?: PresenceOptions;
  /** Connects this node with others; closed with the app. Default: a single node. */
  readonly cluster?: Cluster | undefined;
  /** Adds the demo users and their boards. Default: false. */
  readonly demo?: boolean;
  /** Cost of hashing the demo password, see `hashPassword`; tests lower it. */
  readonly passwordCost?: number;
  /** Serves the page. Default: true. */
  readonly page?: boolean;
  /** Demo applications for `/react/` and `/angular/`; running builds end with the app. Default: none. */
  readonly demoApps?: DemoApps | undefined;
  /** Default: nothing is logged. */
  readonly log?: Logger;
  /** Default: the system clock. */
  readonly now?: () => Date;
}

/** A running reference server. */
export interface App extends AsyncDisposable {
  /** The server's origin: `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly io: Server;
  readonly collab: CollabServer;
  readonly chat: ChatServer;
  readonly notifications: NotificationsServer;
  readonly store: Store;
  readonly chatStore: ChatStore;
  readonly bot: Bot;
  /**
   * Refuses new connections, notifies clients, lets running work finish, and closes the store. Never rejects.
   *
   * @param budgetMs Work that still runs after this many milliseconds is aborted. Default: 10,000.
   * @returns whether everything had finished in time.
   */
  close(budgetMs?: number): Promise<boolean>;
}

/** How often expired sessions are removed, in milliseconds. */
const pruneEveryMs = 3_600_000;

/**
 * Starts the reference server.
 *
 * @throws Error if the page cannot be built, the store is unreachable or the port is in use; nothing is left running.
 */
export async function createApp(options: AppOptions): Promise<App> {
  try {
    return await start(options);
  } catch (error) {
    const { eventLog, store, chatStore, inboxStore, cluster } = options;
    // The first failure is reported; another one during cleanup must not keep the rest open.
    for (const each of [eventLog, store, chatStore, inboxStore, cluster]) await each?.close().catch(() => {});
    throw error;
  }
}

async function start(options: AppOptions): Promise<App> {
  const { store, log = pino({ enabled: false }), now = () => new Date(), host = '127.0.0.1' } = options;
  const stores = {
    store,
    chatStore: options.chatStore ?? memoryChat(),
    inboxStore: options.inboxStore ?? memoryInbox(),
  };
  const shared = options.eventLog ?? options.cluster?.eventLog;
  const eventLog = shared ?? store.eventLog ?? memoryLog();
  const page = options.page === false ? undefined : await bundlePage();
  if (options.demo) await addDemoData(stores, now(), options.passwordCost);

  // Socket.IO takes its own requests out of the ones that reach the listeners which it finds, so this one comes first.
  const server = createServer((request, response) => void http(request, response));
  const origins = originPolicy(options.origins ?? []);
  const { cluster } = options;
  const io = createIo(server, origins, cluster);
  if (options.adminUi) serveAdminUi(io);
  const tokens = createTokens({
    store,
    secret: options.jwtSecret,
    accessTokenSeconds: options.accessTokenSeconds ?? 900,
    onSessionEnd: (sessionId) => services.endSession(sessionId),
    now,
  });
  const services: Services = createServices(io, {
    ...stores,
    eventLog,
    chatLog: shared ?? stores.chatStore.eventLog ?? eventLog,
    tokens,
    presence: { ...(cluster && { store: cluster.presence }), ...options.presence },
    rates: cluster?.rates,
    log,
    now,
    botEveryMs: options.botEveryMs || undefined,
  });
  const { collab, chat, notifications, notices, bot } = services;
  let closing: Promise<boolean> | undefined;

  const health = createHealth({
    stores: Object.values(stores),
    eventLog,
    cluster,
    services,
    isStopping: () => closing !== undefined,
  });
  const demo = options.demo ?? false;
  const { demoApps } = options;
  const http = createHttp({
    ...services,
    store,
    tokens,
    opsToken: options.opsToken,
    origins,
    page,
    demoApps,
    demo,
    health,
    log,
    now,
  });

  const prune = async () => {
    const removed = await store.sessions
      .prune(now())
      .catch((error: unknown) => log.error({ err: error }, 'prune failed'));
    if (removed) log.info({ removed }, 'expired sessions removed');
  };
  const pruning = setInterval(() => void prune(), pruneEveryMs).unref();

  const close = async (budgetMs: number): Promise<boolean> => {
    log.info({ sockets: collab.namespace.sockets.size }, 'stopping');
    clearInterval(pruning);
    demoApps?.stop();
    const deadline = performance.now() + budgetMs;
    const remaining = () => Math.max(0, deadline - performance.now());
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
    notices.announce('The server is restarting. You will be reconnected in a moment.', 'warning');
    const inTime = await within(
      remaining(),
      finishSockets(io, services, remaining()).then(() => stopped),
    );
    server.closeAllConnections();
    for (const each of [eventLog, store, stores.chatStore, stores.inboxStore])
      await each
        .close()
        .catch((error: unknown) => log.error({ err: error }, 'the store could not be closed'));
    await cluster?.close();
    log.info({ inTime }, 'stopped');
    return inTime;
  };

  try {
    await listen(server, options.port ?? 0, host);
  } catch (error) {
    clearInterval(pruning);
    demoApps?.stop();
    await finishSockets(io, services, 0);
    throw error;
  }
  if (options.demo && options.botEveryMs) bot.start();
  const { port } = server.address() as AddressInfo;
  const stop = (budgetMs = 10_000) => (closing ??= close(budgetMs));
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    io,
    collab,
    chat,
    notifications,
    store,
    chatStore: stores.chatStore,
    bot,
    close: stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

async function listen(server: HttpServer, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

/** Lets running handlers finish, then closes connections such that all clients, also plain ones, reconnect. */
async function finishSockets(io: Server, services: Services, timeoutMs: number): Promise<void> {
  await services.close(timeoutMs);
  io.engine.close();
  await io.close();
}

/** Whether some work was done in time. A failure of it counts as not done. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const done = work.then(
    () => true,
    () => false,
  );
  const inTime = await Promise.race([done, late]);
  clearTimeout(timer);
  return inTime;
}
