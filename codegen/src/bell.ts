/** Debounces signals for one listener. */
export interface Bell {
  ring(): void;
  /** Resolves to true once it has rung since the last call; to false once it is stopped. */
  next(): Promise<boolean>;
  /** Resolves to true once it has been quiet for a while, to false once it has rung again since {@link Bell.next}. */
  settled(): Promise<boolean>;
  stop(): void;
}

/** Creates a bell. `quiet`: milliseconds without a ring before it is settled. */
export function createBell(quiet: number): Bell {
  let state: 'silent' | 'rung' | 'stopped' = 'silent';
  let timer: NodeJS.Timeout | undefined;
  let wake = (): void => undefined;
  const change = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  return {
    ring() {
      if (state === 'stopped') return;
      state = 'rung';
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = undefined;
        wake();
      }, quiet);
      wake();
    },
    stop() {
      state = 'stopped';
      clearTimeout(timer);
      wake();
    },
    async next() {
      while (state === 'silent') await change();
      if (state === 'stopped') return false;
      state = 'silent';
      return true;
    },
    async settled() {
      if (state === 'silent' && timer !== undefined) await change();
      return state !== 'rung';
    },
  };
}
