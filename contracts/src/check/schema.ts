/** One issue on its way up; the {@link Run} it is found in turns it into an `Issue`. */
export interface Finding {
  /** From the offending value up to the root. */
  readonly path: (string | number)[];
  readonly code: string;
  readonly message: string;
  /** Zod's `continue`: later checks of the same value still run, and a union still takes its branch seriously. */
  soft?: boolean | undefined;
  /** With `unrecognized_keys`: which ones. With `invalid_key`: the one. */
  readonly keys?: readonly string[] | undefined;
}

/** One walk through a value. */
export interface Run {
  /** From application form to wire form. */
  readonly back: boolean;
  readonly found: Finding[];
  /** Conversions without checks: Zod's first pass over a value that is about to be encoded. */
  skip: boolean;
  /** What just ran stopped early, so that nothing further may be concluded from its issues. */
  halt: boolean;
  /** Containers around the value. */
  depth: number;
}

/** Whether a key may be missing: 1, then it stays missing; 2, then the schema makes up a value. */
export type Absence = 1 | 2 | undefined;

/**
 * A schema that explains: slow, complete, and the reference for the straight-line code that is generated beside it.
 * `run` returns the value in the other form and adds to `run.found` what it refuses.
 */
export interface Schema {
  readonly run: (value: unknown, run: Run) => unknown;
  readonly absent?: Absence;
  /** The key may be missing from the result. */
  readonly omit?: boolean | undefined;
}

/** Deepest nesting of containers that any validator accepts; also what refuses a cycle. */
export const maxDepth = 64;

/** Adds an issue at the place where the walk is, and returns it; containers prefix its path. */
export function report(run: Run, code: string, message: string): Finding {
  const finding: Finding = { path: [], code, message, soft: undefined };
  run.found.push(finding);
  return finding;
}

/** Adds an `invalid_type` issue. */
export function wrongType(run: Run, expected: string, value: unknown): void {
  report(run, 'invalid_type', typeMessage(expected, value));
}

/** Message of an `invalid_type` issue. */
export function typeMessage(expected: string, value: unknown): string {
  return `Invalid input: expected ${expected}, received ${typeName(value)}`;
}

/** Adds the issue of a value that is missing. */
export function noOptional(run: Run): void {
  wrongType(run, 'nonoptional', undefined);
}

/** Puts `key` in front of every path found since `mark`. Paths are written from the end, which is faster. */
export function prefix(run: Run, mark: number, key: string | number): void {
  for (let i = mark; i < run.found.length; i++) (run.found[i] as Finding).path.push(key);
}

/** How far a value has failed already: not at all, so that only size checks still run, or for good. */
export type Failed = 0 | 1 | 2;

/** How far what was found since `mark` fails the value. */
export function failedSince(run: Run, mark: number): Failed {
  if (run.halt) return 2;
  let failed: Failed = 0;
  for (let i = mark; i < run.found.length; i++) {
    const { soft } = run.found[i] as Finding;
    if (soft === false) return 2;
    if (!soft) failed = 1;
  }
  return failed;
}

/** Goes into a container, unless that is too deep; {@link leave} goes out again. */
export function enter(run: Run): boolean {
  if (run.depth < maxDepth) return !!++run.depth;
  tooDeep(run);
  return false;
}

/** Goes out of a container. */
export function leave(run: Run): void {
  run.depth--;
  run.halt = false;
}

/** Adds the issue of a value that is nested too deep. */
export function tooDeep(run: Run): void {
  report(run, 'custom', `Invalid input: nested deeper than ${maxDepth} levels`);
}

/** Runs a schema on a part of a value: that it stopped early says nothing about the whole. */
export function runPart(schema: Schema, value: unknown, run: Run): unknown {
  run.halt = false;
  const result = schema.run(value, run);
  run.halt = false;
  return result;
}

/** Names a value's type as Zod's messages do. */
function typeName(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object') return typeof value;
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (Object.getPrototypeOf(value) === Object.prototype) return 'object';
  const made = value.constructor as { name?: string } | undefined;
  return made ? String(made.name) : 'object';
}
