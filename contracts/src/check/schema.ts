/** One issue, with what only the schemas around it want to know. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  /** Zod's `continue`: later checks of the same value still run, and a union still takes its branch seriously. */
  soft?: boolean;
  /** With `unrecognized_keys`: which ones. With `invalid_key`: the one. */
  keys?: readonly string[];
}

/** One walk through a value. */
export interface Run {
  /** From application form to wire form. */
  readonly back: boolean;
  readonly found: Finding[];
  /** Keys from the root to where the walk is; as many as there are containers around it. */
  readonly path: (string | number)[];
  /** Conversions without checks: Zod's first pass over a value that is about to be encoded. */
  skip: boolean;
  /** Results are needed, not only issues. */
  copy: boolean;
  /** What just ran stopped early, so that nothing further may be concluded from its issues. */
  halt: boolean;
}

/**
 * Whether a key may be missing, as a sum: 1 where it then stays missing, 2 where the schema makes up a value, 4 where it
 * may be missing from the result. Absent: it may not.
 */
export type Absence = number | undefined;

/**
 * A schema that explains: slow, complete, and the reference for the straight-line code that is generated beside it.
 * Returns the value in the other form and adds to `run.found` what it refuses.
 */
export interface Schema {
  (value: unknown, run: Run): unknown;
  absent?: Absence;
  /** What a property with this schema becomes. Default: it is converted, unless it is missing and may be. */
  settle?: Settle;
}

/** Converts one property of an object. */
export type Settle = (open: Open, field: readonly [key: string, schema: Schema], run: Run) => void;

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

/** Begins a walk. */
export function start(back: boolean): Run {
  return { back, found: [], path: [], skip: false, copy: false, halt: false };
}

/** Adds an issue at the place where the walk is, and returns it. */
export function report({ found, path }: Run, code: string, message: string): Finding {
  const finding = { path: path.slice(), code, message };
  found.push(finding);
  return finding;
}

/** Longest text that a sender chose, in UTF-16 units. */
const longestText = 300;

/** What a sender chose to be called so, not too long. */
export function shortened(name: string): string {
  return String(name).slice(0, longestText);
}

/** Adds an `invalid_type` issue. */
export function wrongType(run: Run, expected: string, value: unknown): Finding {
  return report(
    run,
    'invalid_type',
    `Expected ${expected}, received ${value === null ? value : typeof value}`,
  );
}

/** Adds an issue where a number, or the size of something, is out of bounds. `what` comes before the bound. */
export function bounded(
  [value, low, high]: readonly [value: number, low: number, high: number],
  run: Run,
  what = '',
): void {
  if (value < low) report(run, 'too_small', `Expected ${what}>= ${low}`).soft = true;
  if (value > high) report(run, 'too_big', `Expected ${what}<= ${high}`).soft = true;
}

/** Adds the issue of a value that is nested too deep. */
export function tooDeep(run: Run): void {
  report(run, 'custom', `Nested deeper than ${maxDepth} levels`);
}

/** Runs a schema on what stands under a key: that it stopped early says nothing about the whole. */
export function part(
  schema: Schema,
  [key, value]: readonly [key: string | number, value: unknown],
  run: Run,
): unknown {
  run.path.push(key);
  run.halt = false;
  const result = schema(value, run);
  run.halt = false;
  run.path.pop();
  return result;
}
