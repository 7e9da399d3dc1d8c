import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeadlines, type Timed } from './deadlines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('each work expires when it is due, and none that was taken off', () => {
  const expired: [string, number][] = [];
  const deadlines = createDeadlines<Timed & { name: string }>(({ name }) =>
    expired.push([name, performance.now() - start]),
  );
  const start = performance.now();
  const add = (name: string, timeoutMs: number) => {
    const work = { name, deadlineAt: 0 };
    deadlines.add(work, timeoutMs);
    return () => deadlines.delete(work, timeoutMs);
  };
  add('a', 100);
  const done = add('b', 100);
  add('c', 30);
  vi.advanceTimersByTime(50);
  add('d', 100);
  done();
  done();
  expect(deadlines.size).toBe(2);
  vi.advanceTimersByTime(1_000);
  expect(expired).toEqual([
    ['c', 30],
    ['a', 100],
    ['d', 150],
  ]);
  expect(deadlines.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
