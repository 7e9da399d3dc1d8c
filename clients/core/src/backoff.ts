import type { Clock } from './clock.ts';
import type { BackoffOptions } from './options.ts';

/**
 * Delay before the next attempt, in milliseconds: random between half of `minMs` and `minMs`, doubled with every
 * failure up to `maxMs`, so that the clients of a restarted server do not reconnect all at once.
 *
 * @param failures Number of failed attempts, from 1.
 */
export function backoffDelay(
  failures: number,
  { minMs = 500, maxMs = 20_000 }: BackoffOptions,
  clock: Clock,
): number {
  const bound = Math.min(maxMs, minMs * 2 ** Math.max(0, failures - 1));
  return bound * (0.5 + clock.random() / 2);
}
