import { checked, type Check } from './checks.ts';
import { bounded, part, wrongType, type Finding, type Run, type Schema } from './schema.ts';
import { length, sizeOf } from './text.ts';

/** An array of items that follow one schema; with `low`, of that many or more, up to `high`. */
export function array(item: Schema, low?: number, high = Infinity): Schema {
  return (value: unknown, run) => {
    const { found, back, skip } = run;
    const mark = found.length;
    if (skip || low === undefined) return items(item, value, run);
    // While decoding, a container over its bound is refused before its items are looked at.
    const over = !back && Array.isArray(value) && value.length > high;
    // While encoding, the items are tried without any check before the size is looked at. Both as Zod does.
    run.skip = back;
    const out: unknown = over ? value : items(item, value, run);
    run.skip = false;
    if (found.length > mark && found.slice(mark).some(({ soft }) => (back ? !soft : soft === false)))
      return out;
    if (back) found.length = mark;
    bounded([sizeOf(value), low, high], run, length);
    if (over) (found.at(-1) as Finding).soft = false;
    return back ? items(item, value, run) : out;
  };
}

/** An array whose checks are more than one range. */
export function checkedArray(item: Schema, ...checks: Check[]): Schema {
  return checked((value, run) => {
    const over =
      !run.back &&
      !run.skip &&
      Array.isArray(value) &&
      checks.find(({ cap }) => value.length > (cap as number));
    if (!over) return items(item, value, run);
    over(value as never, run, 0);
    (run.found.at(-1) as Finding).soft = false;
    return value as unknown;
  }, checks);
}

function items(item: Schema, value: unknown, run: Run): unknown {
  if (!Array.isArray(value)) {
    wrongType(run, 'array', value);
    return value;
  }
  const out: unknown[] = [];
  for (let i = 0; i < value.length; i++) out[i] = part(item, [i, value[i]], run);
  return out;
}
