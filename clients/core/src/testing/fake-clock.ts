import type { Clock } from '../clock.ts';

/** A clock that stands until it is told to go on. */
export interface FakeClock extends Clock {
  /** Goes on by `ms`, running what is due in order, with a turn of the microtask queue after each. */
  readonly advance: (ms: number) => Promise<void>;
  /** Timers that are set. */
  readonly timers: () => number;
}

/** @param chance What `random` returns. Default: 1, so that waiting times are their upper bounds. */
export function fakeClock(chance = 1): FakeClock {
  let time = 1_000;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => time,
    random: () => chance,
    after: (ms, run) => {
      const timer = { at: time + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    timers: () => timers.size,
    advance: async (ms) => {
      const end = time + ms;
      await turn();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        time = next.at;
        next.run();
        await turn();
      }
      time = end;
    },
  };
}

/** Lets everything run that waits in the microtask queue. */
export async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
