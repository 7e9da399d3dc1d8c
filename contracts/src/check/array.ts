import { checked, type Check } from './checks.ts';
import { enter, leave, prefix, runPart, wrongType, type Finding, type Run, type Schema } from './schema.ts';

/** An array of items that follow one schema. */
export function array(item: Schema, ...checks: Check[]): Schema {
  return checked((value, run) => {
    if (!Array.isArray(value)) {
      wrongType(run, 'array', value);
      return value;
    }
    if (refusedBySize(value, checks, run) || !enter(run)) return value as unknown;
    const out: unknown[] = Array(value.length);
    for (let i = 0; i < value.length; i++) {
      const mark = run.found.length;
      out[i] = runPart(item, value[i], run);
      prefix(run, mark, i);
    }
    leave(run);
    return out;
  }, checks);
}

/** While decoding, a container over its bound is refused before its items are looked at. */
function refusedBySize(value: readonly unknown[], checks: readonly Check[], run: Run): boolean {
  if (run.back || run.skip) return false;
  for (const check of checks) {
    if (check.cap !== undefined && check.cap >= 0 && value.length > check.cap) {
      check(value as never, run, 0);
      (run.found[run.found.length - 1] as Finding).soft = false;
      return true;
    }
  }
  return false;
}
