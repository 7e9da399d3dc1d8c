import { expect, test } from 'vitest';
import { createArrivals } from './arrivals.ts';
import type { Present } from './presence.ts';

const since = new Date(0);
const [ada, bob]: Present[] = ['ada', 'bob'].map((id) => ({ id, name: id, presence: 'online', since })) as [];

test('names whoever was not there the last time, by workspace', () => {
  const arrivals = createArrivals();
  expect(arrivals('ws_one', [ada!])).toEqual([ada]);
  expect(arrivals('ws_one', [ada!, bob!])).toEqual([bob]);
  expect(arrivals('ws_one', [bob!])).toEqual([]);
  expect(arrivals('ws_two', [bob!])).toEqual([bob]);
  expect(arrivals('ws_one', [])).toEqual([]);
  expect(arrivals('ws_one', [bob!])).toEqual([bob]);
});
