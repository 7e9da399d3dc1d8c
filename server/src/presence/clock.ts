/** Time, as presence needs it. */
export interface PresenceClock {
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** Runs something later, in milliseconds; returns the way to prevent it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The machine's time; its timers keep no process alive. */
export const presenceClock: PresenceClock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};
