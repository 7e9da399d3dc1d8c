/** Work of which one run is under way at a time. */
export interface SingleFlight {
  /** Resolves with a run that began after the call; calls that come meanwhile share the next one. */
  (): Promise<void>;
  /** Resolves when nothing runs any more. Never rejects. */
  settled(): Promise<void>;
}

/** Lets one run of some work follow another, never two at a time. */
export function singleFlight(work: () => Promise<void>): SingleFlight {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const start = (): Promise<void> => {
    const run = work().finally(() => {
      if (running === run) running = undefined;
    });
    return (running = run);
  };
  const call = (): Promise<void> => {
    if (running === undefined) return start();
    return (next ??= running.then(again, again));
  };
  const again = (): Promise<void> => {
    next = undefined;
    return call();
  };

  return Object.assign(call, {
    settled: async () => {
      while (running !== undefined) await running.catch(() => undefined);
    },
  });
}

/** Waits for some work, but not for longer than this. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms).unref()));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
