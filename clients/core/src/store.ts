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
   * Calls `listener` after the value has changed: once for all changes of one synchronous stretch of code, those of a
   * projection once for all of one frame. The same function given twice is called twice. Returns the way to stop.
   */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A {@link Store} as its owner sees it. */
export interface OwnStore<Value> {
  readonly store: Store<Value>;
  /** The value is another one. */
  readonly change: () => void;
  readonly watched: () => boolean;
  /** Announces what has changed so far without waiting any longer, and nothing any more. */
  readonly close: () => void;
}

/** Who is told of a store, and when. */
export interface StoreRules {
  /** Takes what subscribers throw. */
  readonly report: (error: unknown) => void;
  /** Called after somebody began or ceased to watch. */
  readonly watch?: (() => void) | undefined;
  /** Announces later what has changed; returns the way to prevent it. Default: in a microtask. */
  readonly later?: (announce: () => void) => (() => void) | void;
}

/** @param make Makes the value: when the store is made, and then at most once between two changes, when somebody looks. */
export function createStore<Value>(
  make: () => Value,
  { report, watch, later = queueMicrotask }: StoreRules,
): OwnStore<Value> {
  const subscribers = createSubscribers<[]>(report, watch);
  const initial = make();
  let value = initial;
  let stale = false;
  let closed = false;
  let due: { readonly cancel: (() => void) | void } | undefined;
  const announce = (): void => {
    due = undefined;
    subscribers.call();
  };
  return {
    store: {
      getSnapshot: () => {
        if (stale) value = make();
        stale = false;
        return value;
      },
      getServerSnapshot: () => initial,
      subscribe: (listener) => subscribers.add(listener),
    },
    change: () => {
      stale = true;
      if (!closed && subscribers.size()) due ??= { cancel: later(announce) };
    },
    watched: () => subscribers.size() > 0,
    close: () => {
      closed = true;
      if (!due?.cancel) return;
      due.cancel();
      queueMicrotask(announce);
    },
  };
}
