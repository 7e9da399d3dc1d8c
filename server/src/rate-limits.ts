import type { RateRule } from '@sockeye/contract/wire';
import type { Call } from './call.ts';
import type { Handshake } from './options.ts';
import { logWarning } from './report.ts';
import { fullBucket, takeToken, type TokenBucket } from './token-bucket.ts';

/** Where rate limits are counted for more than one connection. */
export interface RateStore {
  /** Takes one token; resolves with 0, or the milliseconds until there will be one. Rejects where it cannot tell. */
  readonly take: (key: string, rule: RateRule) => Promise<number>;
}

/** Counts the contract's limits per caller instead of per connection. */
export interface RateLimits<Identity = unknown> {
  readonly store: RateStore;
  /** Who is counted: a user's id, an address. Undefined: this connection is counted alone. */
  readonly key: (identity: Identity, handshake: Handshake) => string | undefined;
}

/** Callers whose buckets are remembered at most; full ones are forgotten first. */
const maxBuckets = 100_000;

/** Counts within one process: one user's tabs share a limit. */
export function memoryRates(now: () => number = () => performance.now()): RateStore {
  const buckets = new Map<string, TokenBucket>();
  let sweepAt = 1_000;
  const sweep = (): void => {
    const time = now();
    for (const [key, { fullAt }] of buckets) if (fullAt <= time) buckets.delete(key);
    for (const key of buckets.keys()) {
      if (buckets.size <= maxBuckets) break;
      buckets.delete(key);
    }
    sweepAt = Math.max(1_000, buckets.size * 2);
  };
  return {
    take: async (key, rule) => {
      const bucket = buckets.get(key) ?? fullBucket();
      buckets.set(key, bucket);
      if (buckets.size > sweepAt) sweep();
      return takeToken(bucket, rule, now());
    },
  };
}

/** How long a call has to wait for its caller's limit; undefined where its connection is counted alone. */
export function sharedWait({ runtime, session, route, event }: Call): Promise<number> | undefined {
  const limits = runtime.options.rateLimits;
  const rule = route.entry.limit;
  if (limits === undefined || rule === undefined) return undefined;
  const key = limits.key(session.identity, session.socket.handshake);
  if (key === undefined) return undefined;
  return limits.store
    .take(`${runtime.table.contract.contract} ${event} ${key}`, rule)
    .catch((error: unknown) => {
      // The connection's own limit was kept; without the store that has to do.
      logWarning(runtime.options, { event, err: error }, 'a shared rate limit was not counted');
      return 0;
    });
}
