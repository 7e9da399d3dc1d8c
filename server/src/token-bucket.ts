import type { RateRule } from '@sockeye/contract/wire';

/** A token bucket, kept as the one moment (in milliseconds) when it is full again. */
export interface TokenBucket {
  fullAt: number;
}

/** A bucket that is full. */
export function fullBucket(): TokenBucket {
  return { fullAt: Number.NEGATIVE_INFINITY };
}

/**
 * Takes one token; returns 0, or the milliseconds until there will be one.
 *
 * The generic cell rate algorithm (ITU-T I.371, annex A): `burst` at once, then one each `perMs / rate`.
 */
export function takeToken(bucket: TokenBucket, { rate, perMs, burst }: RateRule, now: number): number {
  const interval = perMs / rate;
  const fullAt = Math.max(bucket.fullAt, now) + interval;
  const early = fullAt - now - burst * interval;
  // Less than a microsecond is rounding.
  if (early > 1e-3) return Math.ceil(early - 1e-3);
  bucket.fullAt = fullAt;
  return 0;
}
