import { createSubscribers } from './subscribers.ts';

/**
 * A value that can be subscribed to, as React's `useSyncExternalStore` expects. Reading and subscribing have no other
 * effects; in particular they take no lease.
 */
export interface Store<Value> {
  /** Returns the current value: immutable, and the same object until something changes. */
  readonly getSnapshot: () => Value;
  /** Returns the initial value, which a server renders and a browser hydrates from. */
  readonly getServerSnapshot: () => Value;
  /**
   * Calls `listener` after the value has changed: once for all synchronous changes; for a projection, once per frame. A
   * function that is subscribed twice is called twice. Returns a function that unsubscribes.
   */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A {@link Store}, for its owner. */
export interface OwnStore<Value> {
  readonly store: Store<Value>;
  /** Marks the value as changed. */
  readonly change: () => void;
  readonly watched: () => boolean;
  /** Notifies subscribers of pending changes at once, and of no later ones. */
  readonly close: () => void;
}

/** Options of a store. */
export interface StoreRules {
  /** Called with errors thrown by subscribers. */
  readonly report: (error: unknown) => void;
  /** Called after someone subscribed or unsubscribed. */
  readonly watch?: (() => void) | undefined;
  /** Schedules the notification; returns a function that cancels it. Default: a microtask. */
  readonly later?: (announce: () => void) => (() => void) | void;
}

/** @param make Computes the value: at once, and then when it is read after a change. */
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
