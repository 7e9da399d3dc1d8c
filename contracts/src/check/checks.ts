import { failedSince, type Failed, type Run, type Schema } from './schema.ts';

/** One check of a value, after its type was checked. Returns the value, which a transform replaces. */
export interface Check {
  (value: never, run: Run, failed: Failed): unknown;
  /** With an upper bound of a container's size: what is larger is refused before its items are looked at. */
  cap?: number;
}

/**
 * Adds checks to a schema of a type. Decoding looks at the type first; encoding tries the type without any check, then
 * checks what it was given, then converts it. Both as Zod does.
 */
export function checked(type: Schema['run'], checks: readonly Check[]): Schema {
  if (checks.length === 0) return { run: type };
  return {
    run(given, run) {
      const mark = run.found.length;
      const { skip, back } = run;
      run.skip ||= back;
      let value = type(given, run);
      run.skip = skip;
      if (skip) return value;
      if (back) {
        if (failedSince(run, mark)) {
          run.halt = true;
          return value;
        }
        run.found.length = mark;
        value = given;
      }
      for (const check of checks) value = check(value as never, run, failedSince(run, mark));
      return back ? type(value, run) : value;
    },
  };
}
