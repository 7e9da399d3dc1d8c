import type { Clock } from '../clock.ts';

/** Calls `run` once, in the page's next frame; returns a function that cancels it. */
export type Scheduler = (run: () => void) => () => void;

/** Maximum wait if the page is not painted, in milliseconds. */
const hiddenMs = 100;

/** The default frames: the browser's if the page is visible, otherwise 16 ms by the clock. */
export function createScheduler({ after }: Clock): Scheduler {
  return (run) => {
    const visible = typeof requestAnimationFrame === 'function' && document.visibilityState === 'visible';
    if (!visible) return after(16, run);
    const frame = requestAnimationFrame(() => {
      cancelTimer();
      run();
    });
    // A page that is hidden before its next frame gets none.
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
