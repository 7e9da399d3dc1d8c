import { checked, type Check } from './checks.ts';
import { prefix, runPart, within, wrongType, type Finding, type Run, type Schema } from './schema.ts';

/** An array of items that follow one schema. */
export function array(item: Schema, ...checks: Check[]): Schema {
  return checked((value, run) => {
    if (!Array.isArray(value)) {
      wrongType(run, 'array', value);
      return value;
    }
    if (refusedBySize(value.length, checks, [value, run])) return value;
    return within(run, value as unknown[], () => {
      const out: unknown[] = Array(value.length);
      for (let i = 0; i < value.length; i++) {
        const mark = run.found.length;
        out[i] = runPart(item, value[i], run);
        prefix(run, mark, i);
      }
      return out;
    });
  }, checks);
}

/** While decoding, a container over its bound is refused before its items are looked at. */
export function refusedBySize(
  size: number,
  checks: readonly Check[],
  [value, run]: readonly [unknown, Run],
): boolean {
  if (run.back || run.skip) return false;
  for (const { cap, check } of checks) {
    if (cap !== undefined && cap >= 0 && size > cap) {
      check(value as never, run, 0);
      (run.found[run.found.length - 1] as Finding).soft = false;
      return true;
    }
  }
  return false;
}
