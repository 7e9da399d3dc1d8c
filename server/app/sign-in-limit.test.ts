import { expect, test } from 'vitest';
import { createSignInLimit } from './sign-in-limit.ts';

test('lets ten failures through, then none for the rest of the minute', () => {
  let time = 0;
  const limit = createSignInLimit({ now: () => time });
  for (let tries = 0; tries < 10; tries++) {
    expect(limit.waitMs('ada')).toBe(0);
    limit.failed('ada');
  }
  time = 15_000;
  expect(limit.waitMs('ada')).toBe(45_000);
  expect(limit.waitMs('bob')).toBe(0);
  time = 60_000;
  expect(limit.waitMs('ada')).toBe(0);
  limit.failed('ada');
  expect(limit.waitMs('ada')).toBe(0);
});

test('a success wipes the slate', () => {
  const limit = createSignInLimit({ failures: 2, now: () => 0 });
  limit.failed('ada');
  limit.succeeded('ada');
  limit.failed('ada');
  expect(limit.waitMs('ada')).toBe(0);
});

test('remembers no more than so many', () => {
  const limit = createSignInLimit({ failures: 1, keys: 2, now: () => 0 });
  for (const key of ['a', 'b', 'c']) limit.failed(key);
  expect(limit.waitMs('a')).toBe(0);
  expect(limit.waitMs('c')).toBeGreaterThan(0);
});
