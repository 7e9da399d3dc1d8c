/**
 * One node of a chaos run, a process of its own: serves the ledger from the Redis at the port in its first argument, with
 * the settings in its second, tells its own port to its parent, and ends when the parent does. SIGTERM ends it in order.
 *
 * @module node
 */
import { createLedgerServer } from '#ledger.server.gen';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { recommendedServerOptions } from '@sockeye/server';
import type { EventLog } from '@sockeye/server/codegen';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { Server } from 'socket.io';
import type { Entry } from './ledger.ts';
import { redisCluster } from '../../server/app/stores/redis-cluster.ts';
import type { Figures, NodeOrder, NodeSettings, NodeWord } from './world.ts';

const settings = JSON.parse(process.argv[3] ?? '{}') as NodeSettings;
const http = createServer();
const redisUrl = `redis://127.0.0.1:${process.argv[2]}`;
const cluster = redisCluster(redisUrl, pino({ enabled: false }));
/** Keeps who is no member any more. */
const members = new Redis(redisUrl, { maxRetriesPerRequest: null });
members.on('error', () => undefined);
const io = new Server(http, {
  ...recommendedServerOptions({ origins: [] }),
  adapter: cluster.adapter,
  transports: ['websocket'],
  pingInterval: settings.pingIntervalMs ?? 1_000,
  pingTimeout: settings.pingTimeoutMs ?? 1_500,
});

const tell = (word: NodeWord): void => void process.send?.(word);

/** In the middle of a command: long enough to be found there. */
async function linger({ value }: Entry): Promise<void> {
  if (value.startsWith('slow')) tell({ kind: 'lingers', value });
  const ms = value.startsWith('slow') ? 500 : (settings.lingerMs ?? 0);
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

const counts = { reads: 0, heads: 0, connections: 0, disconnections: 0 };
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

function counted(log: EventLog): EventLog {
  return {
    ...log,
    append: async (entry) => {
      const appended = await log.append(entry);
      if (entry.event === 'sockeye:evict') await tellOfEviction(entry.body);
      return appended;
    },
    read: (...args) => {
      counts.reads += 1;
      return log.read(...args);
    },
    heads: (...args) => {
      counts.heads += 1;
      return log.heads(...args);
    },
  };
}

/** Nothing after the head that the room has now may reach who was put out. */
async function tellOfEviction(body: string): Promise<void> {
  const { rooms, identity } = JSON.parse(body) as { rooms: string[]; identity: { id: string } };
  const heads = await cluster.eventLog.heads(rooms.map((room) => `ledger:${room}`));
  rooms.forEach((room, index) =>
    tell({ kind: 'evicted', room, user: identity.id, head: heads[index]!.offset }),
  );
}

const ledger = createLedgerServer(io, {
  eventLog: counted(cluster.eventLog),
  authenticate: ({ user }) => ({ id: user }),
  authorize: {
    book: async ({ identity }) =>
      !identity.id.startsWith('v') || (await members.sismember('banned', identity.id)) === 0,
  },
  handlers: {
    'book:open': () => ({}),
    'entry:add': async (entry, ctx) => {
      await linger(entry);
      return ctx.transaction((tx) => {
        tx.book(entry).publish('entry:added', entry);
        return {};
      });
    },
    'entry:note': async (entry, ctx) => {
      await ctx.book(entry).publish('entry:added', entry);
      await linger(entry);
      return {};
    },
  },
});
io.on('connection', (socket) => {
  counts.connections += 1;
  socket.on('disconnect', () => (counts.disconnections += 1));
});

/** No member any more, and then put out. */
async function evict(bookId: string, user: string): Promise<void> {
  await members.sadd('banned', user);
  ledger.book({ bookId }).evict({ id: user });
}

process.on('message', (order: NodeOrder) => {
  if (order.kind === 'evict') return void evict(order.bookId, order.user);
  const { user, system } = process.cpuUsage();
  const figures: Figures = {
    ...counts,
    delayP99Ms: delay.percentile(99) / 1e6,
    delayMaxMs: delay.max / 1e6,
    cpuMs: (user + system) / 1_000,
  };
  tell({ kind: 'figures', figures });
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => {
  void ledger
    .close()
    .then(() => io.close())
    .then(() => cluster.close())
    .then(() => process.exit());
});
http.listen(settings.port ?? 0, '127.0.0.1', () =>
  tell({ kind: 'listens', port: (http.address() as AddressInfo).port }),
);
