import { computed, effect, signal, untracked, type Signal } from '@angular/core';
import type { Store } from '@sockeye/client';
import { siteOf, type ClientSite, type InjectOptions } from './site.ts';

/** Type of a store's value. */
export type StoreValue<Given> = Given extends Store<infer Value> ? Value : never;

/** How a value is injected, and when two of them are the same. */
export interface SelectOptions<Selected> extends InjectOptions {
  /** Default: by identity. */
  readonly isEqual?: ((a: Selected, b: Selected) => boolean) | undefined;
}

/**
 * A signal of a store's value, or of what `select` makes of it. Watches the store until its site ends; a server shows
 * the store's first value. The store may be another one whenever the signals say so that `choose` reads.
 *
 * @param select Read as a `computed` is: other signals may be read in it.
 */
export function storeSignal<Client, Value, Selected = Value>(
  site: ClientSite<Client>,
  choose: (client: Client) => Store<Value>,
  select?: (value: Value) => Selected,
): Signal<Selected>;
/** The same, or `undefined` where there is no store, such as that of a room that is skipped. */
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
          // What has changed between the first look and now was announced to nobody.
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
 * A signal of any store of a client or a room, or of what `select` makes of its value; `undefined` where there is no
 * store. Give a function where the store can be another one.
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
