/**
 * One node of a chaos run, a process of its own: serves the ledger from the Redis at the port in its first argument,
 * tells its own port to its parent, and ends when the parent does. SIGTERM ends it in order.
 *
 * @module node
 */
import { createLedgerServer } from '#ledger.server.gen';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recommendedServerOptions } from '@sockeye/server';
import { redisLog } from '@sockeye/server/stores/redis';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, {
  ...recommendedServerOptions({ origins: [] }),
  transports: ['websocket'],
  pingInterval: 1_000,
  pingTimeout: 1_500,
});
const redis = new Redis({
  port: Number(process.argv[2]),
  host: '127.0.0.1',
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(50 * times, 500),
});
redis.on('error', () => undefined);

const ledger = createLedgerServer(io, {
  eventLog: redisLog({ redis }),
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

process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => {
  void ledger
    .close()
    .then(() => io.close())
    .then(() => process.exit());
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
