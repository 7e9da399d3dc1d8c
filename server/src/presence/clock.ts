/** The clock and timers of presence. */
export interface PresenceClock {
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
  /** Runs a function after some milliseconds; returns a function that cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The system clock; its timers do not keep the process alive. */
export const presenceClock: PresenceClock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};
