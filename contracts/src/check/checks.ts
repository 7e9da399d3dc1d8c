import type { Schema } from './schema.ts';
import { back, failedSince, forgiven, found, halt, report, skip, unchecked, type Failed } from './walk.ts';

/** One check of a value, after its type was checked. Returns the value, which a transform replaces. */
export interface Check {
  (value: never, failed: Failed): unknown;
  /** With an upper bound of a container's size: what is larger is refused before its items are looked at. */
  cap?: number;
}

/** A check of a value of the right type; what follows it still runs. `expected` as in messages. */
export function check<Value>(test: (value: Value) => boolean, code: string, expected: string): Check {
  return (value: Value, failed) => {
    if (!failed && !test(value)) report(code, expected, 0);
    return value;
  };
}

/**
 * Adds checks to a schema of a type. Decoding looks at the type first; encoding tries the type without any check, then
 * checks what it was given, then converts it. Both as Zod does.
 */
export function checked(type: Schema, checks: readonly Check[]): Schema {
  if (checks.length === 0) return type;
  return (given) => {
    if (skip) return type(given);
    const mark = found.length;
    let value = unchecked(type, given);
    if (back) {
      if (halt(failedSince(mark) > 0)) return value;
      forgiven(mark);
      value = given;
    }
    for (const each of checks) value = each(value as never, failedSince(mark));
    return back ? type(value) : value;
  };
}
