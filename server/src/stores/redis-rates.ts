import type { Redis } from 'ioredis';
import type { RateStore } from '../rate-limits.ts';

/** Options of {@link redisRates}. */
export interface RedisRatesOptions {
  /** A connection to Redis; the store opens another one like it. The application closes this one. */
  readonly redis: Redis;
  /** Prefix of all keys. Default: `sockeye:`. */
  readonly prefix?: string | undefined;
  /** How long to wait for Redis before only the connection's own limit applies, in milliseconds. Default: 250. */
  readonly timeoutMs?: number | undefined;
}

/** The generic cell rate algorithm (ITU-T I.371, annex A) on Redis's own clock, in microseconds. */
const takeScript = `
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local interval = tonumber(ARGV[1])
local fullAt = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + interval
local early = fullAt - now - interval * tonumber(ARGV[2])
if early > 0 then return math.ceil(early / 1000) end
redis.call('SET', KEYS[1], string.format('%.0f', fullAt), 'PX', math.ceil((fullAt - now) / 1000))
return 0`;

interface Commands {
  takeRate(key: string, intervalUs: number, burst: number): Promise<number>;
}

/** Counts rate limits of callers across nodes that share a Redis. */
export function redisRates(options: RedisRatesOptions): RateStore & { close(): void } {
  const { redis, prefix = 'sockeye:', timeoutMs = 250 } = options;
  const client = redis.duplicate({
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: timeoutMs,
    lazyConnect: false,
  });
  client.on('error', () => undefined);
  client.defineCommand('takeRate', { lua: takeScript, numberOfKeys: 1 });
  const commands = client as unknown as Commands;
  return {
    take: (key, { rate, perMs, burst }) =>
      commands.takeRate(`${prefix}rate:${key}`, Math.round((perMs * 1_000) / rate), burst),
    close: () => client.disconnect(),
  };
}
