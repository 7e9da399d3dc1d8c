import type { RateRule } from '@sockeye/contract/wire';
import type { Call } from './call.ts';
import type { Handshake } from './options.ts';
import { logWarning } from './report.ts';
import { fullBucket, takeToken, type TokenBucket } from './token-bucket.ts';

/** Counts rate limits across connections. */
export interface RateStore {
  /**
   * Takes one token; resolves with 0, or the milliseconds until one is available. Rejects if the store is
   * unreachable.
   */
  readonly take: (key: string, rule: RateRule) => Promise<number>;
}

/** Applies the contract's limits also per caller. */
export interface RateLimits<Identity = unknown> {
  readonly store: RateStore;
  /** Identifies the caller: a user's id, an address. Undefined: only the connection's own limit applies. */
  readonly key: (identity: Identity, handshake: Handshake) => string | undefined;
}

/** Maximum number of callers whose buckets are kept; full buckets are dropped first. */
const maxBuckets = 100_000;

/** Counts rate limits within one process: all tabs of a user share a limit. */
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

/** How long a call has to wait for its caller's limit; undefined if only the connection's own limit applies. */
export function sharedWait({ runtime, session, route, event }: Call): Promise<number> | undefined {
  const limits = runtime.options.rateLimits;
  const rule = route.entry.limit;
  if (limits === undefined || rule === undefined) return undefined;
  const key = limits.key(session.identity, session.socket.handshake);
  if (key === undefined) return undefined;
  return limits.store
    .take(`${runtime.table.contract.contract} ${event} ${key}`, rule)
    .catch((error: unknown) => {
      // The connection's own limit was applied already; without the store, that has to do.
      logWarning(
        runtime.options,
        { event, err: error },
        'the rate limit store failed; only the limit of the connection applied',
      );
      return 0;
    });
}
