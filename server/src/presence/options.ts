import { presenceClock, type PresenceClock } from './clock.ts';
import { memoryPresence } from './memory.ts';
import type { PresenceStore } from './store.ts';

/** Options for presence, for all rooms. */
export interface PresenceOptions {
  /** Where several nodes share who is present. Default: `memoryPresence()`, for one node. */
  readonly store?: PresenceStore | undefined;
  /** How long a user stays present after losing the last connection, in milliseconds. Default: 5,000. */
  readonly graceMs?: number | undefined;
  /**
   * Changes within this time are sent together, in milliseconds. In large rooms, the time is two milliseconds per
   * connection if that is longer, at most 500. Default: 100.
   */
  readonly tickMs?: number | undefined;
  /** Minimum time between two lists for clients that were not generated, in milliseconds. Default: 500. */
  readonly listMs?: number | undefined;
  /** Maximum number of listed users; in a larger room, clients receive the number and the first ones. Default: 500. */
  readonly limit?: number | undefined;
  /** Default: the system clock. */
  readonly clock?: PresenceClock | undefined;
}

/** Fills in the defaults that {@link PresenceOptions} documents. */
export function resolvePresence(given: PresenceOptions = {}): Required<{
  readonly [Key in keyof PresenceOptions]: NonNullable<PresenceOptions[Key]>;
}> {
  const clock = given.clock ?? presenceClock;
  return {
    store: given.store ?? memoryPresence(clock),
    graceMs: given.graceMs ?? 5_000,
    tickMs: given.tickMs ?? 100,
    listMs: given.listMs ?? 500,
    limit: given.limit ?? 500,
    clock,
  };
}
