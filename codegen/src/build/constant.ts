import type { Json } from '../model.ts';

/** A constant, or a factory that cannot be represented as one. */
export type Constant = { readonly value: Json } | { readonly factory: true };

/**
 * Reads a default twice, under different clocks and random numbers. If both results are equal and plain JSON, it
 * is a constant; anything else, including a read that throws, is a factory.
 */
export function readConstant(read: () => unknown): Constant {
  const first = inWorld(worlds[0], read);
  const second = inWorld(worlds[1], read);
  if (first === undefined || first !== second) return { factory: true };
  return { value: JSON.parse(first) as Json };
}

/** A deep copy where a value survives JSON unchanged, `undefined` where it does not. */
export function plainJson(value: unknown): Json | undefined {
  return isPlainJson(value, 0) ? (JSON.parse(JSON.stringify(value)) as Json) : undefined;
}

interface World {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: number;
}

const worlds: readonly [World, World] = [
  { now: Date.UTC(2003, 1, 4, 5, 6, 7, 89), random: 0.123_456_789 },
  { now: Date.UTC(2038, 10, 27, 18, 49, 51, 763), random: 0.876_543_21 },
];

/** JSON text of what `read` returns, or `undefined` where that is none. */
function inWorld(world: World, read: () => unknown): string | undefined {
  const { Date: RealDate } = globalThis;
  const { random } = Math;
  try {
    globalThis.Date = fixedDate(RealDate, world.now);
    Math.random = () => world.random;
    const value = read();
    return isPlainJson(value, 0) ? JSON.stringify(value) : undefined;
  } catch {
    return undefined;
  } finally {
    globalThis.Date = RealDate;
    Math.random = random;
  }
}

/** A `Date` whose "now" is fixed and which is the real one otherwise. */
function fixedDate(RealDate: DateConstructor, now: number): DateConstructor {
  return new Proxy(RealDate, {
    construct: (target, args: unknown[], self) =>
      Reflect.construct(target, args.length === 0 ? [now] : args, self) as object,
    apply: () => new RealDate(now).toString(),
    get: (target, key, self) => (key === 'now' ? () => now : (Reflect.get(target, key, self) as unknown)),
  });
}

const maxDepth = 64;

function isPlainJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > maxDepth) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      if (!isPlainJson(value[index], depth + 1)) return false;
    }
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null)
    return false;
  if (Object.getOwnPropertySymbols(value).length > 0) return false;
  return Object.values(value).every((item) => isPlainJson(item, depth + 1));
}
