import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBell } from './bell.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a promise came to by now. */
function follow(promise: Promise<boolean>): { readonly value: () => boolean | undefined } {
  let value: boolean | undefined;
  void promise.then((result) => (value = result));
  return { value: () => value };
}

test('a ring is told at once, and settled after silence', async () => {
  const bell = createBell(30);
  const next = follow(bell.next());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(next.value()).toBeUndefined();
  bell.ring();
  await vi.advanceTimersByTimeAsync(0);
  expect(next.value()).toBe(true);
  const settled = follow(bell.settled());
  await vi.advanceTimersByTimeAsync(29);
  expect(settled.value()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(settled.value()).toBe(true);
  expect(await bell.settled()).toBe(true);
  const after = follow(bell.next());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(after.value()).toBeUndefined();
});

test('another ring unsettles, and is told as one with those after it', async () => {
  const bell = createBell(30);
  bell.ring();
  expect(await bell.next()).toBe(true);
  const settled = follow(bell.settled());
  await vi.advanceTimersByTimeAsync(29);
  bell.ring();
  await vi.advanceTimersByTimeAsync(0);
  expect(settled.value()).toBe(false);
  bell.ring();
  expect(await bell.next()).toBe(true);
  const again = follow(bell.settled());
  await vi.advanceTimersByTimeAsync(30);
  expect(again.value()).toBe(true);
});

test('a bell that never rang is settled', async () => {
  expect(await createBell(30).settled()).toBe(true);
});

test('a ring while nobody listens is kept', async () => {
  const bell = createBell(30);
  bell.ring();
  await vi.advanceTimersByTimeAsync(30);
  expect(await bell.settled()).toBe(false);
  expect(await bell.next()).toBe(true);
  expect(await bell.settled()).toBe(true);
});

test('stopping tells the listener, now and later', async () => {
  const bell = createBell(30);
  const next = bell.next();
  bell.stop();
  expect(await next).toBe(false);
  bell.ring();
  await vi.advanceTimersByTimeAsync(30);
  expect(await bell.next()).toBe(false);
});

test('stopping settles', async () => {
  const bell = createBell(30);
  bell.ring();
  await bell.next();
  const settled = bell.settled();
  bell.stop();
  expect(await settled).toBe(true);
});
