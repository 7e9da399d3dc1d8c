/** A source of choices: each number picks one of so many. */
export interface Chooser {
  readonly pick: (count: number) => number;
  readonly one: <T>(list: readonly T[]) => T;
}

/** A {@link Chooser} that follows from a seed (mulberry32). */
export function chooserOf(seed: number): Chooser {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = (count: number) => Math.floor(next() * count);
  return { pick, one: (list) => list[pick(list.length)] as never };
}
