import type { Store } from '../store.ts';
import { createSubscribers } from '../subscribers.ts';
import type { ProjectionHost } from './projection.ts';
import { createScheduler } from './scheduler.ts';

/** A {@link Store} whose value is worked out when somebody looks, and announced once a frame. */
export interface FrameStore<Value> {
  readonly store: Store<Value>;
  /** The value is another one. */
  readonly change: () => void;
  readonly watched: () => boolean;
  /** Announces what has changed so far without waiting for a frame, and nothing any more. */
  readonly close: () => void;
}

/** @param make Makes the value; called at most once between two changes, and not before the first one. */
export function createFrameStore<Value>(
  { clock, frame = createScheduler(clock), report, watch }: ProjectionHost,
  initial: Value,
  make: () => Value,
): FrameStore<Value> {
  const subscribers = createSubscribers<[]>(report, watch);
  let value = initial;
  let stale = false;
  let cancel: (() => void) | undefined;
  let closed = false;
  const announce = (): void => {
    cancel = undefined;
    subscribers.call();
  };
  return {
    store: {
      getSnapshot: () => {
        if (stale) {
          stale = false;
          value = make();
        }
        return value;
      },
      getServerSnapshot: () => initial,
      subscribe: (listener) => subscribers.add(listener),
    },
    change: () => {
      stale = true;
      if (!closed && subscribers.size()) cancel ??= frame(announce);
    },
    watched: () => subscribers.size() > 0,
    close: () => {
      closed = true;
      if (!cancel) return;
      cancel();
      queueMicrotask(announce);
    },
  };
}
