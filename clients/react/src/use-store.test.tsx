import type { Store } from '@sockeye/client';
import { act, cleanup, render } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { Board } from './testing/board-react.ts';
import { page } from './testing/setup.tsx';
import { useStore } from './use-store.ts';

afterEach(cleanup);

interface Cursors {
  readonly names: readonly string[];
  readonly x: number;
}

/** A store whose value the test sets. */
function store(first: Cursors): Store<Cursors> & { readonly set: (next: Cursors) => void } {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    getSnapshot: () => value,
    getServerSnapshot: () => first,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next) => {
      value = next;
      for (const listener of listeners) listener();
    },
  };
}

const sameList = (a: readonly string[], b: readonly string[]) => a.join() === b.join();

it.each([
  ['all of it: on every change', undefined, undefined, 2],
  ['a part: when that part changes', ({ names }: Cursors) => names.length, undefined, 0],
  ['a part made anew: on every change', ({ names }: Cursors) => names.map((name) => name), undefined, 2],
  [
    'a part made anew, with isEqual: when it differs',
    ({ names }: Cursors) => names.map((name) => name),
    sameList,
    0,
  ],
] as const)('renders for %s', (_, select, isEqual, wanted) => {
  const cursors = store({ names: ['Alice'], x: 0 });
  let renders = 0;
  function Names() {
    // Written in place, as components do.
    const choose = select && ((value: Cursors) => select(value));
    useStore(cursors, choose as never, isEqual as never);
    renders++;
    return null;
  }
  render(<Names />);
  const before = renders;
  act(() => cursors.set({ names: ['Alice'], x: 1 }));
  act(() => cursors.set({ names: ['Alice'], x: 2 }));
  expect(renders - before).toBe(wanted);
});

it('returns the same object, by isEqual, when the component renders for another reason', () => {
  const cursors = store({ names: ['Alice'], x: 0 });
  const seen = new Set<unknown>();
  let again: (count: number) => void = () => undefined;
  function Names() {
    again = useState(0)[1];
    seen.add(useStore(cursors, ({ names }) => names.map((name) => name), sameList));
    return null;
  }
  render(<Names />);
  act(() => again(1));
  act(() => cursors.set({ names: ['Alice'], x: 1 }));
  expect(seen.size).toBe(1);
  act(() => cursors.set({ names: ['Alice', 'Bob'], x: 1 }));
  expect(seen.size).toBe(2);
});

it('uses the select of the latest render', () => {
  const cursors = store({ names: ['Alice'], x: 7 });
  function Part({ field }: { field: 'names' | 'x' }) {
    return <p>{String(useStore(cursors, (value) => value[field]))}</p>;
  }
  const { rerender, container } = render(<Part field="names" />);
  rerender(<Part field="x" />);
  expect(container.textContent).toBe('7');
});

it('shows nothing while there is no store, and everything once there is one', () => {
  const cursors = store({ names: ['Alice'], x: 7 });
  function Part({ from }: { from: Store<Cursors> | undefined }) {
    return <p>{useStore(from, ({ x }) => x, Object.is) ?? 'none'}</p>;
  }
  const { rerender, container } = render(<Part from={undefined} />);
  expect(container.textContent).toBe('none');
  rerender(<Part from={cursors} />);
  act(() => cursors.set({ names: [], x: 8 }));
  expect(container.textContent).toBe('8');
  rerender(<Part from={undefined} />);
  expect(container.textContent).toBe('none');
});

it('does not render for what else happens to a connection', async () => {
  const { show, settle, server } = page();
  let renders = 0;
  function Banner() {
    const away = Board.useConnection(({ phase }) => phase === 'reconnecting');
    renders++;
    return away ? 'away' : 'here';
  }
  const { container } = show(<Banner />, false);
  await settle(server.accept);
  expect({ renders, text: container.textContent }).toEqual({ renders: 1, text: 'here' });
  await settle(() => server.cut());
  expect({ renders, text: container.textContent }).toEqual({ renders: 2, text: 'away' });
});
