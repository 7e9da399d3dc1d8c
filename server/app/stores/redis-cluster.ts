import { createShardedAdapter } from '@socket.io/redis-adapter';
import type { EventLog, PresenceStore, RateStore } from '@sockeye/server';
import { redisLog } from '@sockeye/server/stores/redis';
import { redisPresence } from '@sockeye/server/stores/redis-presence';
import { redisRates } from '@sockeye/server/stores/redis-rates';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { ServerOptions } from 'socket.io';

/** Services that several nodes share. */
export interface Cluster {
  /** Carries events between nodes. */
  readonly adapter: NonNullable<ServerOptions['adapter']>;
  readonly presence: PresenceStore;
  /** Counts the limits of users over all nodes. */
  readonly rates: RateStore;
  /** Stores durable events; closed with the app. */
  readonly eventLog: EventLog;
  readonly health: () => ClusterHealth;
  /** Call after the sockets were closed. */
  readonly close: () => Promise<void>;
}

/** State of the connection to the other nodes. */
export interface ClusterHealth {
  readonly ok: boolean;
  /** Messages for other nodes that wait for Redis. */
  readonly queued: number;
  /** Messages for other nodes that were dropped since the start. */
  readonly dropped: number;
}

/** Maximum number of messages that wait for Redis; beyond that, the oldest are dropped. */
const maxQueued = 1_000;

/** How long a message may wait for Redis, in milliseconds; then it is out of date. */
const maxWaitMs = 5_000;

/** Longest time between two attempts to reach Redis, in milliseconds. */
const maxRetryMs = 1_000;

/**
 * Connects nodes with Redis 7 or later. While Redis is unreachable, a node continues to serve its own clients, logs
 * this once and reports it in its health. Never throws because of it.
 */
export function redisCluster(url: string, log: Logger): Cluster {
  const settings = {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => Math.min(attempt * 50, maxRetryMs),
  };
  const publisher = new Redis(url, {
    ...settings,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
  });
  const subscriber = new Redis(url, settings);
  const presence = redisPresence({ redis: publisher });
  const rates = redisRates({ redis: publisher });
  const eventLog = redisLog({ redis: publisher });
  watch(publisher, log);
  subscriber.on('error', () => undefined);
  const outbox = boundedPublisher(publisher);
  return {
    adapter: createShardedAdapter(outbox.client, quietSubscriber(subscriber)),
    presence,
    rates,
    eventLog,
    health: () => {
      const isUp = publisher.status === 'ready' && subscriber.status === 'ready';
      return { ok: isUp && outbox.isOpen(), ...outbox.counts() };
    },
    close: async () => {
      await presence.close();
      rates.close();
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

/** Logs once when Redis becomes unreachable, and once when it is reachable again. */
function watch(client: Redis, log: Logger): void {
  let isDown = false;
  client.on('error', (error: Error) => {
    if (!isDown)
      log.error({ err: error }, 'Redis is unreachable: nodes do not receive events from each other');
    isDown = true;
  });
  client.on('ready', () => {
    if (isDown) log.warn('Redis is reachable again');
    isDown = false;
  });
}

/** The adapter's publisher: messages wait for Redis for a while; dropped ones are counted. */
function boundedPublisher(redis: Redis): {
  readonly client: object;
  readonly isOpen: () => boolean;
  readonly counts: () => Pick<ClusterHealth, 'queued' | 'dropped'>;
} {
  const queue: { readonly at: number; readonly args: [string, string | Buffer] }[] = [];
  let dropped = 0;
  let isOpen = false;
  const give = (...args: [string, string | Buffer]): Promise<unknown> =>
    redis.spublish(...args).catch(() => {
      dropped += 1;
    });
  const flush = (): void => {
    isOpen = redis.status === 'ready';
    if (!isOpen) return;
    for (const { at, args } of queue.splice(0)) {
      if (performance.now() - at > maxWaitMs) dropped += 1;
      else void give(...args);
    }
  };
  redis.once('ready', () => {
    flush();
    redis.on('close', () => (isOpen = false));
    // Redis keeps nothing for nodes that are not back yet.
    redis.on('ready', () => setTimeout(flush, maxRetryMs + 200).unref());
  });
  const spublish = (...args: [string, string | Buffer]): Promise<unknown> => {
    if (isOpen) return give(...args);
    queue.push({ at: performance.now(), args });
    if (queue.length > maxQueued) {
      queue.shift();
      dropped += 1;
    }
    return Promise.resolve(0);
  };
  const client = new Proxy(redis, {
    get: (target, key) => (key === 'spublish' ? spublish : (Reflect.get(target, key) as unknown)),
  });
  return { client, isOpen: () => isOpen, counts: () => ({ queued: queue.length, dropped }) };
}

/** The adapter does not wait for its subscriptions; those that end with the connection must not end the process. */
function quietSubscriber(redis: Redis): Redis {
  const quiet = <Args extends unknown[]>(run: (...args: Args) => Promise<unknown>) => {
    return (...args: Args): Promise<unknown> => run(...args).catch(() => undefined);
  };
  return Object.assign(redis, {
    ssubscribe: quiet(redis.ssubscribe.bind(redis) as (...channels: string[]) => Promise<unknown>),
    sunsubscribe: quiet(redis.sunsubscribe.bind(redis) as (...channels: string[]) => Promise<unknown>),
  });
}
