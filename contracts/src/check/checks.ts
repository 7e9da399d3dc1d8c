import { aborted, type Finding, type Run, type Schema } from './schema.ts';

/** How far the value has failed already: not at all, so that only size checks still run, or for good. */
export type Failed = 0 | 1 | 2;

/** One check of a value, after its type was checked. Returns the value, which a transform replaces. */
export interface Check {
  readonly check: (value: never, run: Run, failed: Failed) => unknown;
  /** With an upper bound of a container's size: what is larger is refused before its items are looked at. */
  readonly cap?: number;
}

/**
 * Adds checks to a schema of a type. Decoding looks at the type first; encoding tries the type without any check, then
 * checks what it was given, then converts it. Both as Zod does.
 */
export function checked(type: Schema['run'], checks: readonly Check[]): Schema {
  if (checks.length === 0) return { run: type };
  return {
    run(value, run) {
      if (run.skip) return type(value, run);
      const mark = run.found.length;
      if (!run.back) return applied(checks, type(value, run), [run, mark]);
      run.skip = true;
      const plain = type(value, run);
      run.skip = false;
      if (aborted(run, mark)) {
        run.halt = true;
        return plain;
      }
      run.found.length = mark;
      return type(applied(checks, value, [run, mark]), run);
    },
  };
}

function applied(checks: readonly Check[], given: unknown, [run, mark]: readonly [Run, number]): unknown {
  let value = given;
  for (const { check } of checks) value = check(value as never, run, failedSince(run, mark));
  return value;
}

function failedSince(run: Run, mark: number): Failed {
  if (run.halt) return 2;
  let failed: Failed = 0;
  for (let i = mark; i < run.found.length; i++) {
    const { soft } = run.found[i] as Finding;
    if (soft === false) return 2;
    if (soft !== true) failed = 1;
  }
  return failed;
}
