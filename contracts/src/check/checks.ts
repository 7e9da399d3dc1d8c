import { report, type Run, type Schema } from './schema.ts';

/** How far a value has failed already: not at all, so that only size checks still run, or for good. */
export type Failed = 0 | 1 | 2;

/** One check of a value, after its type was checked. Returns the value, which a transform replaces. */
export interface Check {
  (value: never, run: Run, failed: Failed): unknown;
  /** With an upper bound of a container's size: what is larger is refused before its items are looked at. */
  cap?: number;
}

/** A check of a value of the right type; what follows it still runs. */
export function check<Value>(test: (value: Value) => boolean, code: string, message: string): Check {
  return (value: Value, run, failed) => {
    if (!failed && !test(value)) report(run, code, message).soft = true;
    return value;
  };
}

/**
 * Adds checks to a schema of a type. Decoding looks at the type first; encoding tries the type without any check, then
 * checks what it was given, then converts it. Both as Zod does.
 */
export function checked(type: Schema, checks: readonly Check[]): Schema {
  if (checks.length === 0) return type;
  return (given, run) => {
    if (run.skip) return type(given, run);
    const { back, found } = run;
    const mark = found.length;
    run.skip = back;
    let value = type(given, run);
    run.skip = false;
    if (back) {
      if (failedSince(run, mark)) {
        run.halt = true;
        return value;
      }
      found.length = mark;
      value = given;
    }
    for (const each of checks) value = each(value as never, run, failedSince(run, mark));
    return back ? type(value, run) : value;
  };
}

/** How far what was found since `mark` fails the value. */
export function failedSince({ found, halt }: Run, mark: number): Failed {
  const since = found.slice(mark);
  if (halt || since.some(({ soft }) => soft === false)) return 2;
  return since.every(({ soft }) => soft) ? 0 : 1;
}
