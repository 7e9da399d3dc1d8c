import { expect, it } from 'vitest';
import { turn } from './testing/fake-clock.ts';
import { createStore } from './store.ts';

it('announces a change to the others when one throws, and nothing to one who has stopped', async () => {
  const errors: unknown[] = [];
  const store = createStore(0, (error) => errors.push(error));
  const seen: string[] = [];
  store.subscribe(() => {
    throw new Error('x');
  });
  const stop = store.subscribe(() => seen.push('stopped'));
  store.subscribe(() => seen.push('other'));
  store.set(1);
  stop();
  await turn();
  expect([seen, errors.length]).toEqual([['other'], 1]);
});

it('announces what a subscriber changes, once more', async () => {
  const store = createStore(0, () => undefined);
  const seen: number[] = [];
  store.subscribe(() => {
    seen.push(store.getSnapshot());
    if (store.getSnapshot() < 3) store.set(store.getSnapshot() + 1);
  });
  store.set(1);
  await turn();
  expect(seen).toEqual([1, 2, 3]);
});
