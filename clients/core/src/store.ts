import { createSubscribers } from './subscribers.ts';

/**
 * State that can be watched: what React's `useSyncExternalStore` takes, and what signals are made from. Reading and
 * watching change nothing; in particular they take no lease.
 */
export interface Store<Value> {
  /** The current value: immutable, and the same object until something changes. */
  readonly getSnapshot: () => Value;
  /** The value before anything happened; what a server renders and a browser hydrates from. */
  readonly getServerSnapshot: () => Value;
  /**
   * Calls `listener` after the value has changed, in a microtask: once for all changes of one synchronous stretch of
   * code. The same function given twice is called twice. Returns the way to stop.
   */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A {@link Store} as its owner sees it. */
export interface OwnStore<Value> extends Store<Value> {
  readonly set: (next: Value) => void;
  readonly watched: () => boolean;
}

/** @param changed Called after somebody began or ceased to watch. */
export function createStore<Value>(
  initial: Value,
  report: (error: unknown) => void,
  changed?: () => void,
): OwnStore<Value> {
  const subscribers = createSubscribers<[]>(report, changed);
  let value = initial;
  let due = false;
  return {
    getSnapshot: () => value,
    getServerSnapshot: () => initial,
    subscribe: (listener) => subscribers.add(listener),
    watched: () => subscribers.size() > 0,
    set: (next) => {
      value = next;
      if (due) return;
      due = true;
      queueMicrotask(() => {
        due = false;
        subscribers.call();
      });
    },
  };
}
