import type { Store } from '../store.ts';
import { createFrameStore } from './frame-store.ts';
import type { ClientProjectionEntry, Fields } from './projection.ts';

/** Which entries come and when they go. */
export interface ExpiringRule {
  readonly room?: string;
  readonly event: string;
  /** Field of the payload that tells entries apart. */
  readonly key: string;
  /** From an entry's last event to its end, in milliseconds. */
  readonly ttlMs: number;
  /** Events that end an entry, each with the field of its payload that holds the key. */
  readonly clear?: Readonly<Record<string, string>>;
}

/**
 * The latest payload of each key, in the order in which the keys appeared. Entries end by the clock of this machine,
 * by what the contract says clears them, and all of them with the room or the connection.
 */
export type ExpiringStore<Entry> = Store<readonly Entry[]>;

/** Entries that go away by themselves, for a generated table. */
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
      /** When the first entry ends, or earlier. */
      let due = Infinity;
      let cancel = (): void => undefined;
      const frames = createFrameStore(host, () => [...entries.values()].map(({ payload }) => payload));
      const { store, change } = frames;

      /** Ends what is over; a clock that was set back ends nothing too late. */
      function prune(): void {
        const now = clock.now();
        const isOver = (end: number): boolean => now >= end || end - now > ttlMs;
        if (!isOver(due)) return;
        for (const [id, { end }] of entries) if (isOver(end)) entries.delete(id);
        settle();
      }

      /** Something has ended. */
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
