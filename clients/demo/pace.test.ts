import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newest, sparingly } from './pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the newest value is told at once, then at the pace, and no older one after it', () => {
  const told: number[] = [];
  const pace = newest<number>(100, (value) => told.push(value));
  pace.tell(1);
  expect(told).toEqual([1]);
  pace.tell(2);
  pace.tell(3);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([1, 3]);
  vi.advanceTimersByTime(1_000);
  pace.tell(4);
  expect(told).toEqual([1, 3, 4]);
});

test('a pointer that moves at every millisecond is told 30 times a second', () => {
  const told: number[] = [];
  const pace = newest<number>(1_000 / 30, (value) => told.push(value));
  for (let at = 0; at < 1_000; at++) {
    pace.tell(at);
    vi.advanceTimersByTime(1);
  }
  expect(told.length).toBeGreaterThanOrEqual(29);
  expect(told.length).toBeLessThanOrEqual(31);
  vi.advanceTimersByTime(100);
  expect(told.at(-1)).toBe(999);
});

test('what waits is forgotten when it is cancelled', () => {
  const told: number[] = [];
  const pace = newest<number>(100, (value) => told.push(value));
  pace.tell(1);
  pace.tell(2);
  pace.cancel();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([1]);
});

test('the same is told again after a while, another at once', () => {
  const told: string[] = [];
  const tell = sparingly<string>(100, (value) => told.push(value));
  for (const value of ['a', 'a', 'b', 'b', 'a']) tell(value);
  expect(told).toEqual(['a', 'b', 'a']);
  vi.advanceTimersByTime(100);
  tell('a');
  expect(told).toEqual(['a', 'b', 'a', 'a']);
});
