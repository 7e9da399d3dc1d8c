/** Turns many rings into one, for one listener. */
export interface Bell {
  ring(): void;
  /** Resolves to true once it has rung and been quiet since; to false once it is stopped. */
  next(): Promise<boolean>;
  stop(): void;
}

/** Makes a bell. `quiet`: milliseconds without a ring before the listener is told. */
export function createBell(quiet: number): Bell {
  let state: 'silent' | 'rung' | 'stopped' = 'silent';
  let timer: NodeJS.Timeout | undefined;
  let wake = (): void => undefined;
  const turn = (to: 'rung' | 'stopped'): void => {
    clearTimeout(timer);
    if (state !== 'stopped') state = to;
    wake();
  };
  return {
    ring() {
      clearTimeout(timer);
      timer = setTimeout(() => turn('rung'), quiet);
    },
    stop: () => turn('stopped'),
    async next() {
      if (state === 'silent') await new Promise<void>((resolve) => (wake = resolve));
      if (state !== 'rung') return false;
      state = 'silent';
      return true;
    },
  };
}
