/** One issue on its way up; the {@link Run} it is found in turns it into an `Issue`. */
export interface Finding {
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

/** Adds an issue at the place where the walk is; containers prefix its path. */
export function report(run: Run, code: string, message: string, soft?: boolean): void {
  run.found.push({ path: [], code, message, soft });
}

/** Adds an `invalid_type` issue. */
export function wrongType(run: Run, expected: string, value: unknown): void {
  report(run, 'invalid_type', `Invalid input: expected ${expected}, received ${typeName(value)}`);
}

/** Puts `key` in front of every path found since `mark`. */
export function prefix(run: Run, mark: number, key: string | number): void {
  for (let i = mark; i < run.found.length; i++) (run.found[i] as Finding).path.unshift(key);
}

/** Whether something found since `mark` stops the checks that follow. */
export function aborted(run: Run, mark: number): boolean {
  return run.halt || run.found.some((finding, at) => at >= mark && finding.soft !== true);
}

/** Runs `inside` one container deeper, unless that is too deep. */
export function within<Value>(run: Run, value: Value, inside: () => Value): Value {
  if (run.depth >= maxDepth) {
    report(run, 'custom', `Invalid input: nested deeper than ${maxDepth} levels`);
    return value;
  }
  run.depth++;
  const result = inside();
  run.depth--;
  run.halt = false;
  return result;
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
