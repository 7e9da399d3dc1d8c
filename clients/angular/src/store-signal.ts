import { computed, effect, signal, untracked, type Signal } from '@angular/core';
import type { Store } from '@sockeye/client';
import { siteOf, type ClientSite, type InjectOptions } from './site.ts';

/** Type of a store's value. */
export type StoreValue<Given> = Given extends Store<infer Value> ? Value : never;

/** Options of a selected value. */
export interface SelectOptions<Selected> extends InjectOptions {
  /** Whether two values are equal. Default: by identity. */
  readonly isEqual?: ((a: Selected, b: Selected) => boolean) | undefined;
}

/**
 * A signal of a store's value, or of the result of `select`. Subscribes until its site is destroyed; a server renders
 * the initial value. The store can change whenever a signal that `choose` reads changes.
 *
 * @param select Tracked like a `computed`: it can read other signals.
 */
export function storeSignal<Client, Value, Selected = Value>(
  site: ClientSite<Client>,
  choose: (client: Client) => Store<Value>,
  select?: (value: Value) => Selected,
): Signal<Selected>;
/** The same, or `undefined` if there is no store, as for a skipped room. */
export function storeSignal<Client, Value, Selected = Value>(
  site: ClientSite<Client>,
  choose: (client: Client) => Store<Value> | undefined,
  select?: (value: Value) => Selected,
): Signal<Selected | undefined>;
export function storeSignal<Client, Value, Selected = Value>(
  { live, injector, deliver, outside, client, options }: ClientSite<Client>,
  choose: (client: Client) => Store<Value> | undefined,
  select?: (value: Value) => Selected,
): Signal<Selected | undefined> {
  const isEqual = options?.isEqual as SelectOptions<Selected>['isEqual'];
  const store = computed(() => choose(client));
  const version = signal(0);
  const bump = (): void => version.update((now) => now + 1);
  const value = computed(() => {
    version();
    return live ? store()?.getSnapshot() : store()?.getServerSnapshot();
  });
  if (live) {
    effect(
      (onCleanup) => {
        const watched = store();
        if (!watched) return;
        untracked(() => {
          onCleanup(outside(() => watched.subscribe(() => void deliver(bump))));
          // Changes between the first read and now were not announced.
          if (value() !== watched.getSnapshot()) bump();
        });
      },
      { injector },
    );
  }
  return computed<Selected | undefined>(
    () => {
      const now = value();
      if (!store()) return undefined;
      return select ? select(now as Value) : (now as Selected | undefined);
    },
    isEqual && { equal: (a, b) => (a === undefined || b === undefined ? a === b : isEqual(a, b)) },
  );
}

/**
 * A signal of the value of any store of a client or a room, or of the result of `select`; `undefined` if there is no
 * store. Pass a function if the store can change.
 */
export function injectStore<Value, Selected = Value>(
  store: Store<Value> | (() => Store<Value>),
  select?: (value: Value) => Selected,
  options?: SelectOptions<Selected>,
): Signal<Selected>;
export function injectStore<Value, Selected = Value>(
  store: () => Store<Value> | undefined,
  select?: (value: Value) => Selected,
  options?: SelectOptions<Selected>,
): Signal<Selected | undefined>;
export function injectStore<Value, Selected = Value>(
  store: Store<Value> | (() => Store<Value> | undefined),
  select?: (value: Value) => Selected,
  options?: SelectOptions<Selected>,
): Signal<Selected | undefined> {
  const choose = typeof store === 'function' ? store : () => store;
  const site = { ...siteOf(injectStore, options), client: undefined, options };
  return storeSignal(site, choose, select);
}
