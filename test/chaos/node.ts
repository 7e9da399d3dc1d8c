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
import { redisLog } from '@sockeye/server/stores/redis';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import type { Figures, NodeSettings } from './world.ts';

const settings = JSON.parse(process.argv[3] ?? '{}') as NodeSettings;
const http = createServer();
const io = new Server(http, {
  ...recommendedServerOptions({ origins: [] }),
  transports: ['websocket'],
  pingInterval: settings.pingIntervalMs ?? 1_000,
  pingTimeout: settings.pingTimeoutMs ?? 1_500,
});
const redis = new Redis({
  port: Number(process.argv[2]),
  host: '127.0.0.1',
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(50 * times, 500),
});
redis.on('error', () => undefined);

const counts = { reads: 0, heads: 0, connections: 0, disconnections: 0 };
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

function counted(log: EventLog): EventLog {
  return {
    ...log,
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

const ledger = createLedgerServer(io, {
  eventLog: counted(redisLog({ redis })),
  authenticate: ({ user }) => ({ id: user }),
  authorize: { book: () => true },
  handlers: {
    'book:open': () => ({}),
    'entry:add': (entry, ctx) =>
      ctx.transaction((tx) => {
        tx.book(entry).publish('entry:added', entry);
        return {};
      }),
  },
});
io.on('connection', (socket) => {
  counts.connections += 1;
  socket.on('disconnect', () => (counts.disconnections += 1));
});

process.on('message', (message: { readonly ask?: 'figures' }) => {
  if (message.ask !== 'figures') return;
  const figures: Figures = {
    ...counts,
    delayP99Ms: delay.percentile(99) / 1e6,
    delayMaxMs: delay.max / 1e6,
    cpuMs: (process.cpuUsage().user + process.cpuUsage().system) / 1_000,
  };
  process.send?.({ figures });
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => {
  void ledger
    .close()
    .then(() => io.close())
    .then(() => process.exit());
});
http.listen(settings.port ?? 0, '127.0.0.1', () =>
  process.send?.({ port: (http.address() as AddressInfo).port }),
);
