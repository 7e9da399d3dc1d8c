import type { Store } from '@sockeye/client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';

/** Type of a store's value. */
export type StoreValue<Given> = Given extends Store<infer Value> ? Value : never;

/**
 * The value of a store, or what `select` makes of it. Renders when that changes: by `isEqual`, by default by identity.
 * A server renders, and a browser hydrates from, the store's first value.
 */
export function useStore<Value, Selected = Value>(
  store: Store<Value>,
  select?: (value: Value) => Selected,
  isEqual?: (a: Selected, b: Selected) => boolean,
): Selected;
/** The same, or `undefined` where there is no store, such as that of a room that is skipped. */
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

/** What a component shows, once its rendering was kept. */
interface Screen<Selected> {
  readonly shown: () => { readonly value: Selected } | undefined;
  /** @param value `undefined` also where there is nothing to show. */
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

/** How a part of a store's value is chosen, and when two such parts are the same. */
interface Choice<Value, Selected> {
  readonly select: ((value: Value) => Selected) | undefined;
  readonly isEqual: ((a: Selected, b: Selected) => boolean) | undefined;
  readonly screen: Screen<Selected>;
}

/**
 * Chooses, and returns the same object for as long as nothing differs. A `select` that is written in place is another
 * one on every render, and therefore begins with what is on the screen.
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
