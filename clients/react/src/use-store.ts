import type { Store } from '@sockeye/client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';

/** Type of a store's value. */
export type StoreValue<Given> = Given extends Store<infer Value> ? Value : never;

/**
 * Returns the value of a store, or the result of `select`. Renders when it changes, as `isEqual` compares (default: by
 * identity). A server renders, and a browser hydrates from, the store's initial value.
 */
export function useStore<Value, Selected = Value>(
  store: Store<Value>,
  select?: (value: Value) => Selected,
  isEqual?: (a: Selected, b: Selected) => boolean,
): Selected;
/** The same, or `undefined` if `store` is `undefined`, as for a skipped room. */
export function useStore<Value, Selected = Value>(
  store: Store<Value> | undefined,
  select?: (value: Value) => Selected,
  isEqual?: (a: Selected, b: Selected) => boolean,
): Selected | undefined;
export function useStore<Value, Selected = Value>(
  store: Store<Value> | undefined,
  select?: (value: Value) => Selected,
  isEqual?: (a: Selected, b: Selected) => boolean,
): Selected | undefined {
  const [screen] = useState(() => createScreen<Selected>());
  const [read, readServer] = useMemo(() => {
    if (!store) return [nothing, nothing] as const;
    const choose = createChoice({ select, isEqual, screen });
    return [() => choose(store.getSnapshot()), () => choose(store.getServerSnapshot())] as const;
  }, [store, select, isEqual, screen]);
  const value = useSyncExternalStore(store?.subscribe ?? noChange, read, readServer);
  useEffect(() => screen.show(value), [screen, value]);
  return value;
}

const nothing = (): undefined => undefined;
const noChange = () => nothing;

/** The value that a component shows, after a render was committed. */
interface Screen<Selected> {
  readonly shown: () => { readonly value: Selected } | undefined;
  /** @param value `undefined` also if there is nothing to show. */
  readonly show: (value: Selected | undefined) => void;
}

function createScreen<Selected>(): Screen<Selected> {
  let shown: { readonly value: Selected } | undefined;
  return {
    shown: () => shown,
    show: (value) => {
      shown = value === undefined ? undefined : { value };
    },
  };
}

/** How to select a part of a store's value, and when two parts are equal. */
interface Choice<Value, Selected> {
  readonly select: ((value: Value) => Selected) | undefined;
  readonly isEqual: ((a: Selected, b: Selected) => boolean) | undefined;
  readonly screen: Screen<Selected>;
}

/**
 * Selects, and returns the same object until something differs. An inline `select` is a new function on every render,
 * and so its result is first compared with what the component shows.
 */
function createChoice<Value, Selected>({ select, isEqual, screen }: Choice<Value, Selected>) {
  let last: { readonly from: Value; readonly value: Selected } | undefined;
  return (from: Value): Selected => {
    if (last && Object.is(last.from, from)) return last.value;
    const made = select ? select(from) : (from as unknown as Selected);
    const before = last ?? screen.shown();
    const value = before && isEqual?.(before.value, made) ? before.value : made;
    last = { from, value };
    return value;
  };
}
