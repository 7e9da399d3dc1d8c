import type { Store } from '../store.ts';
import { createFrameStore } from './frame-store.ts';
import type { ClientProjectionEntry } from './projection.ts';

/** Where the value comes from. */
export interface LatestRule {
  readonly room?: string;
  readonly event: string;
  /** Field of the payload. Default: the payload itself. */
  readonly pick?: string;
}

/**
 * The newest value of an event; undefined until the first. It is kept, and may be out of date, while disconnected. It is
 * cleared when the room is left.
 */
export type LatestStore<Value> = Store<Value | undefined>;

/** The newest value of an event, for a generated table. */
export function latest({ room, event, pick }: LatestRule): ClientProjectionEntry {
  return {
    room,
    create: (host) => {
      let value: unknown;
      const frames = createFrameStore(host, () => value);
      const set = (next?: unknown): void => {
        if (next === value) return;
        value = next;
        frames.change();
      };
      host.on(event, (payload) => set(pick === undefined ? payload : payload[pick]));
      return { ...frames, clear: () => set() };
    },
  };
}
