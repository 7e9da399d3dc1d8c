import type { Unsubscribe } from './surface.ts';

/** Functions that want to be called, each registration with an identity of its own. */
export interface Subscribers<Args extends readonly unknown[]> {
  /** Adds one registration; an abort of `signal` ends it. */
  readonly add: (run: (...args: Args) => unknown, signal?: AbortSignal) => Unsubscribe;
  /** Calls everyone registered now and still registered when their turn comes; failures go to `report`. */
  readonly call: (...args: Args) => void;
  readonly size: () => number;
  readonly clear: () => void;
}

/** @param changed Called after a registration was added or ended. */
export function createSubscribers<Args extends readonly unknown[]>(
  report: (error: unknown) => void,
  changed?: () => void,
): Subscribers<Args> {
  const ends = new Map<Unsubscribe, (...args: Args) => unknown>();
  return {
    add: (run, signal) => {
      let ignore = (): void => undefined;
      const end = (): void => {
        ignore();
        if (ends.delete(end)) changed?.();
      };
      ends.set(end, run);
      changed?.();
      ignore = whenAborted(signal, end);
      return end;
    },
    call: (...args) => {
      for (const [end, run] of [...ends]) {
        if (ends.has(end)) settle(() => run(...args), report);
      }
    },
    size: () => ends.size,
    clear: () => {
      for (const end of [...ends.keys()]) end();
    },
  };
}

/** Runs a function of the application's; what it throws, or its promise rejects with, goes to `report`. */
export function settle(run: () => unknown, report: (error: unknown) => void): void {
  try {
    const result = run() as PromiseLike<unknown> | undefined;
    if (typeof result?.then === 'function') result.then(undefined, report);
  } catch (error) {
    report(error);
  }
}

/** Calls `run` when the signal aborts, at once where it has; returns the way to prevent it. */
export function whenAborted(signal: AbortSignal | undefined, run: () => void): Unsubscribe {
  if (signal?.aborted) run();
  else signal?.addEventListener('abort', run);
  return () => signal?.removeEventListener('abort', run);
}
