import type { Unsubscribe } from './surface.ts';

/** A list of functions. The same function can be registered several times. */
export interface Subscribers<Args extends readonly unknown[]> {
  /** Adds a registration. It ends when `signal` aborts. */
  readonly add: (run: (...args: Args) => unknown, signal?: AbortSignal) => Unsubscribe;
  /** Calls all functions registered now, unless removed before their turn. Errors go to `report`. */
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

/** Runs a function of the application. Errors and rejections go to `report`. */
export function settle(run: () => unknown, report: (error: unknown) => void): void {
  try {
    const result = run() as PromiseLike<unknown> | undefined;
    if (typeof result?.then === 'function') result.then(undefined, report);
  } catch (error) {
    report(error);
  }
}

/** Calls `run` when the signal aborts, at once if it has; returns a function that cancels it. */
export function whenAborted(signal: AbortSignal | undefined, run: () => void): Unsubscribe {
  if (signal?.aborted) run();
  else signal?.addEventListener('abort', run);
  return () => signal?.removeEventListener('abort', run);
}
