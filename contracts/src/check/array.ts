import { checked, type Check } from './checks.ts';
import { enters, part, type Finding, type Schema } from './schema.ts';

/** An array of items that follow one schema. */
export function array(item: Schema, ...checks: Check[]): Schema {
  return checked((value, run) => {
    if (!enters(run, value, !Array.isArray(value) && 'array')) return value;
    const items = value as unknown[];
    // While decoding, a container over its bound is refused before its items are looked at.
    const over = !run.back && !run.skip && checks.find(({ cap }) => items.length > (cap as number));
    if (over) {
      over(items as never, run, 0);
      (run.found.at(-1) as Finding).soft = false;
      return value;
    }
    const out: unknown[] = [];
    for (let i = 0; i < items.length; i++) out.push(part(item, [i, items[i]], run));
    return out;
  }, checks);
}
