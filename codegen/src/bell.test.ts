import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBell } from './bell.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What `next` came to by now. */
function follow(next: Promise<boolean>): { readonly value: () => boolean | undefined } {
  let value: boolean | undefined;
  void next.then((rung) => (value = rung));
  return { value: () => value };
}

test('many rings are one, told after silence', async () => {
  const bell = createBell(30);
  const next = follow(bell.next());
  bell.ring();
  await vi.advanceTimersByTimeAsync(29);
  bell.ring();
  await vi.advanceTimersByTimeAsync(29);
  expect(next.value()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(next.value()).toBe(true);
  const after = follow(bell.next());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(after.value()).toBeUndefined();
});

test('a ring while nobody listens is kept', async () => {
  const bell = createBell(30);
  bell.ring();
  await vi.advanceTimersByTimeAsync(30);
  expect(await bell.next()).toBe(true);
});

test('stopping tells the listener, now and later', async () => {
  const bell = createBell(30);
  const next = bell.next();
  bell.ring();
  bell.stop();
  expect(await next).toBe(false);
  bell.ring();
  await vi.advanceTimersByTimeAsync(30);
  expect(await bell.next()).toBe(false);
});
