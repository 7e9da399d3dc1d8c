import type { Clock } from '../clock.ts';

/** Calls `run` once, when the page is next painted; returns the way to prevent it. */
export type Scheduler = (run: () => void) => () => void;

/** How long a page that is not painted may wait, in milliseconds. */
const hiddenMs = 100;

/** The machine's frames: the browser's where the page is visible, otherwise 16 milliseconds by the clock. */
export function createScheduler({ after }: Clock): Scheduler {
  return (run) => {
    const visible = typeof requestAnimationFrame === 'function' && document.visibilityState === 'visible';
    if (!visible) return after(16, run);
    const frame = requestAnimationFrame(() => {
      cancelTimer();
      run();
    });
    // A page that is hidden before its next frame has none.
    const cancelTimer = after(hiddenMs, () => {
      cancelAnimationFrame(frame);
      run();
    });
    return () => {
      cancelAnimationFrame(frame);
      cancelTimer();
    };
  };
}
