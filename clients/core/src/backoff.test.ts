import { expect, it } from 'vitest';
import { fakeClock } from './testing/fake-clock.ts';
import { backoffDelay } from './backoff.ts';

it.each([
  ['the first', 1, 1, 500],
  ['after a connection that lasted', 0, 1, 500],
  ['the second', 2, 1, 1_000],
  ['one beyond the highest bound', 9, 1, 20_000],
  ['the thousandth', 1_000, 1, 20_000],
  ['the lower end of chance', 2, 0, 500],
])('%s', (_, failures, chance, want) => {
  expect(backoffDelay(failures, {}, fakeClock(chance))).toBe(want);
});
