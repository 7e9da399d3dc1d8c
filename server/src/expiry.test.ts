import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchExpiry } from './expiry.ts';
import { createSession } from './session.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const day = 86_400_000;

test.each([1_000, 40 * day])('credentials that end after %i ms', (expiresAt) => {
  const { session, ended } = sessionUntil(expiresAt);
  watchExpiry(session, 500);
  vi.advanceTimersByTime(expiresAt - 1);
  expect(session.expired).toBe(false);
  vi.advanceTimersByTime(1);
  expect([session.expired, ended()]).toEqual([true, false]);
  vi.advanceTimersByTime(500);
  expect(ended()).toBe(true);
});

test('credentials that do not end, and a watch that was stopped', () => {
  watchExpiry(sessionUntil(Number.POSITIVE_INFINITY).session, 500);
  watchExpiry(sessionUntil(1_000).session, 500)();
  expect(vi.getTimerCount()).toBe(0);
});

function sessionUntil(expiresAt: number) {
  const disconnect = vi.fn();
  const session = createSession({ socket: { disconnect }, identity: undefined, expiresAt } as never);
  return { session, ended: () => disconnect.mock.calls.length > 0 };
}
