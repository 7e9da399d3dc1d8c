import { expect, it } from 'vitest';
import { turn } from './testing/fake-clock.ts';
import { createStore } from './store.ts';

it('announces a change to the others when one throws, and nothing to one who has stopped', async () => {
  const errors: unknown[] = [];
  const { store, change } = createStore(() => ({}), { report: (error) => errors.push(error) });
  const seen: string[] = [];
  store.subscribe(() => {
    throw new Error('x');
  });
  const stop = store.subscribe(() => seen.push('stopped'));
  store.subscribe(() => seen.push('other'));
  change();
  stop();
  await turn();
  expect([seen, errors.length]).toEqual([['other'], 1]);
});

it('announces what a subscriber changes, once more', async () => {
  let value = 0;
  const { store, change } = createStore(() => value, { report: () => undefined });
  const set = (next: number): void => {
    value = next;
    change();
  };
  const seen: number[] = [];
  store.subscribe(() => {
    seen.push(store.getSnapshot());
    if (store.getSnapshot() < 3) set(store.getSnapshot() + 1);
  });
  set(1);
  await turn();
  expect(seen).toEqual([1, 2, 3]);
});
