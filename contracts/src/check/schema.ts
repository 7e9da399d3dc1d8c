/** One issue, with what only the schemas around it want to know. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  /** Zod's `continue`: later checks of the same value still run, and a union still takes its branch seriously. */
  soft: boolean | undefined;
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

/** Whether a key may be missing: 1, then it stays missing; 2, then the schema makes up a value. */
export type Absence = 1 | 2 | undefined;

/**
 * A schema that explains: slow, complete, and the reference for the straight-line code that is generated beside it.
 * Returns the value in the other form and adds to `run.found` what it refuses.
 */
export interface Schema {
  (value: unknown, run: Run): unknown;
  absent?: Absence;
  /** The key may be missing from the result. */
  omit?: boolean | undefined;
}

/** A function as a schema that may be missing as `facts` says. */
export function like({ absent, omit }: Pick<Schema, 'absent' | 'omit'>, convert: Schema): Schema {
  return Object.assign(convert, { absent, omit });
}

/** Deepest nesting of containers that any validator accepts; also what refuses a cycle. */
export const maxDepth = 64;

/** Adds an issue at the place where the walk is, and returns it. */
export function report({ found, path }: Run, code: string, message: string): Finding {
  const finding: Finding = { path: path.map(shortened), code, message, soft: undefined };
  found.push(finding);
  return finding;
}

/** Longest text of a message or key, in UTF-16 units. */
export const longestText = 300;

/** A key of a path, not too long. */
export function shortened(key: string | number): string | number {
  return typeof key === 'number' ? key : String(key).slice(0, longestText);
}

/** Adds an `invalid_type` issue. */
export function wrongType(run: Run, expected: string, value: unknown): Finding {
  const received =
    value === null || (typeof value === 'number' && !Number.isFinite(value))
      ? value
      : Array.isArray(value)
        ? 'array'
        : typeof value;
  return report(run, 'invalid_type', `Expected ${expected}, received ${received}`);
}

/** How far a value has failed already: not at all, so that only size checks still run, or for good. */
export type Failed = 0 | 1 | 2;

/** How far what was found since `mark` fails the value. */
export function failedSince({ found, halt }: Run, mark: number): Failed {
  let failed: Failed = halt ? 2 : 0;
  for (let i = mark; i < found.length; i++) {
    const { soft } = found[i] as Finding;
    if (soft === false) return 2;
    if (!soft && !failed) failed = 1;
  }
  return failed;
}

/** Whether the walk may go into a value: `expected` is absent, as the value is what it should be, and it is not too deep. */
export function enters(run: Run, value: unknown, expected: string | false): boolean {
  if (expected) wrongType(run, expected, value);
  else if (run.path.length < maxDepth) return true;
  else tooDeep(run);
  return false;
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
