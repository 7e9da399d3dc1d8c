import { afterEach, expect, it, vi } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { createScheduler } from './scheduler.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A page; returns the way to paint it. */
function page(visibilityState: 'visible' | 'hidden'): () => void {
  let frames: (() => void)[] = [];
  vi.stubGlobal('document', { visibilityState });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => (frames[id - 1] = () => undefined));
  return () => {
    const due = frames;
    frames = [];
    for (const run of due) run();
  };
}

it('waits for the next frame of a visible page, and no longer than it takes to see that it has none', async () => {
  const paint = page('visible');
  const clock = fakeClock();
  const ran: string[] = [];
  createScheduler(clock)(() => ran.push('painted'));
  await clock.advance(99);
  expect(ran).toEqual([]);
  paint();
  await clock.advance(1_000);
  expect(ran).toEqual(['painted']);
  createScheduler(clock)(() => ran.push('hidden meanwhile'));
  await clock.advance(100);
  paint();
  expect([ran, clock.timers()]).toEqual([['painted', 'hidden meanwhile'], 0]);
});

it('goes by the clock where nothing is painted, and can be prevented', async () => {
  const paint = page('hidden');
  const clock = fakeClock();
  let ran = 0;
  createScheduler(clock)(() => ran++);
  createScheduler(clock)(() => ran++)();
  await clock.advance(16);
  paint();
  expect([ran, clock.timers()]).toEqual([1, 0]);
});
