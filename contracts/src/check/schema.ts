import { report } from './walk.ts';

/**
 * Whether a key may be missing, as a sum: 1 where it then stays missing, 2 where the schema makes up a value, 4 where
 * it may be missing from the result. Absent: it may not.
 */
export type Absence = number | undefined;

/**
 * A schema that explains: slow, complete, and the reference for the straight-line code that is generated beside it.
 * Returns the value in the other form and reports what it refuses to the walk that is under way.
 */
export interface Schema {
  /** `explains`: without it, a schema that is straight-line code as well is that alone, and reports nothing. */
  (value: unknown, explains?: true): unknown;
  absent?: Absence;
  /** What a property with this schema becomes. Default: it is converted, unless it is missing and may be. */
  settle?: Settle;
}

/** Converts one property of an object. */
export type Settle = (open: Open, key: string, schema: Schema) => void;

/** An object halfway. */
export interface Open {
  readonly input: Readonly<Record<string, unknown>>;
  readonly out: Record<string, unknown>;
}

/** A function as a schema that may be missing. */
export function like(absent: Absence, convert: Schema): Schema {
  convert.absent = absent;
  return convert;
}

/** Deepest nesting of containers that any validator accepts; also what refuses a cycle. */
export const maxDepth = 64;

/** Longest text that a sender chose, in UTF-16 units. */
const longestText = 300;

/** What a sender chose to be called so, not too long. */
export function shortened(name: string): string {
  return String(name).slice(0, longestText);
}

/** Adds an `invalid_type` issue; `fails` as in a finding. */
export function wrongType(expected: string, value: unknown, fails?: 2): void {
  report('invalid_type', `${expected}, received ${value === null ? value : typeof value}`, fails);
}

/** Adds an issue where a number, or the size of something, is out of bounds. `what` comes before the bound. */
export function bounded(
  value: number,
  [low, high]: readonly [low: number, high: number],
  what: string = '',
): void {
  if (value < low) report('too_small', `${what}>= ${low}`, 0);
  if (value > high) report('too_big', `${what}<= ${high}`, 0);
}

/** Adds the issue of a value that is nested too deep. */
export function tooDeep(): void {
  report('custom', `at most ${maxDepth} levels`);
}
