import type { Check } from './checks.ts';
import { report } from './schema.ts';
import { codePoints } from './text.ts';

/** At least so many code points or items. */
export function minLength(min: number): Check {
  return sized([min], `>= ${min}`);
}

/** At most so many code points or items. */
export function maxLength(max: number): Check {
  return sized([0, max], `<= ${max}`);
}

/** Exactly so many code points or items. */
export function length(size: number): Check {
  return sized([size, size], size);
}

/** A check of whatever has a length, as Zod measures also values whose type it has just refused. */
function sized(
  [min, max = Number.POSITIVE_INFINITY]: readonly [min: number, max?: number],
  bound: number | string,
): Check {
  const sizes: Check = (value: unknown, run, failed) => {
    if (failed < 2 && value !== null && value !== undefined) {
      let size = (value as { length?: number }).length as number;
      // A text has at most as many code points as UTF-16 units, and at least half as many.
      if (typeof value === 'string' && (size > max || size < 2 * min)) size = codePoints(value);
      const misfit = size > max ? 'big' : size < min && 'small';
      if (misfit) report(run, `too_${misfit}`, `Expected length ${bound}`).soft = true;
    }
    return value;
  };
  if (max >= 0) sizes.cap = max;
  return sizes;
}
