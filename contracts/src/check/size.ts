import type { Check } from './checks.ts';
import { bounded } from './schema.ts';
import { sizeOf } from './sized.ts';

/** At least so many code points or items. */
export function minLength(min: number): Check {
  return sized(min, Infinity);
}

/** At most so many code points or items. */
export function maxLength(max: number): Check {
  return sized(0, max);
}

/** Exactly so many code points or items. */
export function length(size: number): Check {
  return sized(size, size);
}

/** A check of whatever has a length, as Zod measures also values whose type it has just refused. */
function sized(low: number, high: number): Check {
  const sizes: Check = (value: unknown, failed) => {
    if (failed < 2) bounded(sizeOf(value), [low, high], 'length ');
    return value;
  };
  if (high >= 0) sizes.cap = high;
  return sizes;
}
