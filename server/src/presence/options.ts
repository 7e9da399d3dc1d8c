import { presenceClock, type PresenceClock } from './clock.ts';
import { memoryPresence } from './memory.ts';
import type { PresenceStore } from './store.ts';

/** How presence is kept, for every room. */
export interface PresenceOptions {
  /** Where several nodes put together who is there. Default: `memoryPresence()`, for one node. */
  readonly store?: PresenceStore | undefined;
  /** How long a user whose last connection was lost still counts as present, in milliseconds. Default: 5,000. */
  readonly graceMs?: number | undefined;
  /**
   * Changes within this time are told together, in milliseconds; in rooms where that is longer, within two
   * milliseconds for each connection, 500 at most. Default: 100.
   */
  readonly tickMs?: number | undefined;
  /** Clients that were not generated get the whole list at most this often, in milliseconds. Default: 500. */
  readonly listMs?: number | undefined;
  /** Users who are listed at most; of more, clients learn how many there are, and the first ones. Default: 500. */
  readonly limit?: number | undefined;
  /** Default: the machine's. */
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
