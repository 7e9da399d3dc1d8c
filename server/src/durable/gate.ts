/** Lets a few through at a time, in the order in which they came. */
export interface Gate {
  /** Resolves when there is room; what it resolves with makes room again. */
  enter(): Promise<() => void>;
}

/** Creates a gate for so many at a time. */
export function createGate(places: number): Gate {
  const waiting: (() => void)[] = [];
  let free = places;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const pass = () => {
    let isInside = true;
    return (): void => {
      if (isInside) leave();
      isInside = false;
    };
  };
  return {
    enter: () => {
      if (free === 0) return new Promise((resolve) => waiting.push(() => resolve(pass())));
      free -= 1;
      return Promise.resolve(pass());
    },
  };
}
