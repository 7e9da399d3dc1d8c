import { INVALID } from '../validator.ts';
import { checked, type Check } from './checks.ts';
import { wrongType, type Schema } from './schema.ts';
import { sized } from './sized.ts';
import { back, part, report, skip } from './walk.ts';

/** An array of items that follow one schema; with `low`, of that many or more, up to `high`. */
export function array(item: Schema, low?: number, high = Infinity): Schema {
  const items: Schema = (value) => {
    if (!Array.isArray(value)) {
      wrongType('array', value);
      return value;
    }
    // While decoding, what is too large is refused before its items are looked at. So it is in Zod.
    if (value.length > high && !back) {
      report('too_big', `length <= ${high}`, 2);
      return value as unknown;
    }
    const out: unknown[] = [];
    for (let i = 0; i < value.length; i++) out[i] = part(item, i, value[i]);
    return out;
  };
  return low === undefined ? items : sized(items, low, high);
}

/** An array whose checks are more than one range. */
export function checkedArray(item: Schema, ...checks: Check[]): Schema {
  const items = array(item);
  return checked((value) => {
    const length = Array.isArray(value) ? value.length : 0;
    const over = checks.find(({ cap }) => length > (cap as number));
    return (over && !skip ? array(item, undefined, over.cap) : items)(value);
  }, checks);
}

/** The items of an array of up to `most`, each converted; `INVALID` for anything else, or where an item is refused. */
export function listOf(value: unknown, convert: (item: unknown) => unknown, most = Infinity): unknown {
  if (!Array.isArray(value) || value.length > most) return INVALID;
  const out = new Array<unknown>(value.length);
  for (let i = 0; i < value.length; i++) if ((out[i] = convert(value[i])) === INVALID) return INVALID;
  return out;
}
