import type { Store } from '@sockeye/client';

/** State of the page, with the interface of a generated client's stores. */
export interface PageStore<Value> extends Store<Value> {
  readonly set: (next: Value) => void;
}

/** Creates a store. It calls listeners synchronously. */
export function createStore<Value>(initial: Value): PageStore<Value> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    getSnapshot: () => value,
    getServerSnapshot: () => initial,
    subscribe: (listener) => {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
  };
}

/** The time in milliseconds; updated while someone is subscribed. */
export function createTicker(everyMs: number): Store<number> {
  const store = createStore(Date.now());
  let watchers = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    ...store,
    subscribe: (listener) => {
      const stop = store.subscribe(listener);
      if (watchers++ === 0) {
        store.set(Date.now());
        timer = setInterval(() => store.set(Date.now()), everyMs);
      }
      let isWatching = true;
      return () => {
        stop();
        if (isWatching && --watchers === 0) clearInterval(timer);
        isWatching = false;
      };
    },
  };
}
