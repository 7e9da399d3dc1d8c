/** Time and chance, as far as a client uses them. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  readonly now: () => number;
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number;
  /** Calls `run` once after `ms` milliseconds; returns the way to prevent it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after: (ms, run) => {
    // A longer delay would overflow and end at once.
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
