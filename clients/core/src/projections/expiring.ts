import type { Store } from '../store.ts';
import { createFrameStore } from './frame-store.ts';
import type { ClientProjectionEntry, Fields } from './projection.ts';

/** Rule of an `expiring` projection. */
export interface ExpiringRule {
  readonly room?: string;
  readonly event: string;
  /** Field of the payload that identifies an entry. */
  readonly key: string;
  /** Time from an entry's last event to its expiry, in milliseconds. */
  readonly ttlMs: number;
  /** Events that remove an entry, each with the field of its payload that holds the key. */
  readonly clear?: Readonly<Record<string, string>>;
}

/**
 * The newest payload of each key, in the order in which keys appeared. Entries are removed when they expire, by the
 * contract's `clear` events, and when the room is left or the connection lost.
 */
export type ExpiringStore<Entry> = Store<readonly Entry[]>;

/** Entries that expire, for a generated table. */
export function expiring({
  room,
  event,
  key,
  ttlMs,
  clear: clears = {},
}: ExpiringRule): ClientProjectionEntry {
  return {
    room,
    create: (host) => {
      const { on, runtime } = host;
      const { clock } = runtime;
      const entries = new Map<unknown, { readonly payload: Fields; readonly end: number }>();
      /** When the first entry expires, or earlier. */
      let due = Infinity;
      let cancel = (): void => undefined;
      const frames = createFrameStore(host, () => [...entries.values()].map(({ payload }) => payload));
      const { store, change } = frames;

      /** Removes expired entries. A clock that was set back does not prolong them. */
      function prune(): void {
        const now = clock.now();
        const isOver = (end: number): boolean => now >= end || end - now > ttlMs;
        if (!isOver(due)) return;
        for (const [id, { end }] of entries) if (isOver(end)) entries.delete(id);
        settle();
      }

      /** Handles the removal of entries. */
      function settle(): void {
        plan();
        change();
      }

      function plan(): void {
        cancel();
        due = Math.min(...[...entries.values()].map(({ end }) => end));
        if (entries.size) cancel = clock.after(due - clock.now(), prune);
      }

      function clear(): void {
        if (!entries.size) return;
        entries.clear();
        settle();
      }

      on(event, (payload) => {
        entries.set(payload[key], { payload, end: clock.now() + ttlMs });
        if (entries.size === 1) plan();
        change();
      });
      for (const [clearing, field] of Object.entries(clears)) {
        on(clearing, (payload) => {
          if (entries.delete(payload[field])) settle();
        });
      }
      return {
        ...frames,
        store: {
          ...store,
          getSnapshot: () => {
            if (entries.size) prune();
            return store.getSnapshot();
          },
        },
        down: clear,
        clear,
      };
    },
  };
}
