import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function terminal(isTTY = true) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  return { written, progress: createProgress({ stream, delay: 500, now: () => Date.now() }) };
}

test('is silent where the work is quick', () => {
  const { written, progress } = terminal();
  progress.show('Loading');
  vi.advanceTimersByTime(499);
  progress.clear();
  vi.advanceTimersByTime(1_000);
  expect(written).toEqual([]);
});

test('shows the last step after half a second, then every step, and takes the line away', () => {
  const { written, progress } = terminal();
  progress.show('Loading');
  progress.show('Building');
  vi.advanceTimersByTime(500);
  progress.show('Writing');
  progress.clear();
  expect(written).toEqual(['\r\x1b[2KBuilding', '\r\x1b[2KWriting', '\r\x1b[2K']);
});

test('shows a step that comes late although no timer could run', () => {
  const { written, progress } = terminal();
  vi.setSystemTime(Date.now() + 700);
  progress.show('Building');
  expect(written).toEqual(['\r\x1b[2KBuilding']);
});

test('shows nothing where there is no terminal', () => {
  const { written, progress } = terminal(false);
  progress.show('Loading');
  vi.advanceTimersByTime(5_000);
  progress.show('Building');
  progress.clear();
  expect(written).toEqual([]);
});
