import type { Check } from './checks.ts';
import { report, type Failed } from './schema.ts';
import { codePoints } from './text.ts';

/** At least so many code points or items. */
export function minLength(min: number): Check {
  return sized((length) => length < min, `>=${min}`);
}

/** At most so many code points or items. */
export function maxLength(max: number): Check {
  return Object.assign(
    sized((length) => length > max, `<=${max}`, true),
    { cap: max },
  );
}

/** Exactly so many code points or items. */
export function length(size: number): Check {
  return Object.assign(
    sized((length) => length !== size, `exactly ${size}`, size),
    { cap: size },
  );
}

/** A check that refuses a size; `big`: what makes it too big rather than too small, always or from which size on. */
function sized(misfits: (length: number) => boolean, bound: string, big?: true | number): Check {
  return (value: unknown, run, failed) => {
    const actual = lengthOf(value, failed);
    if (actual === undefined || !misfits(actual)) return value;
    const [origin, unit] =
      typeof value === 'string'
        ? ['string', 'characters']
        : Array.isArray(value)
          ? ['array', 'items']
          : ['unknown'];
    const size = big === true || (big !== undefined && actual > big) ? 'big' : 'small';
    report(
      run,
      `too_${size}`,
      `Too ${size}: expected ${origin} to ${unit ? 'have' : 'be'} ${bound}${unit ? ` ${unit}` : ''}`,
    ).soft = true;
    return value;
  };
}

/** Length of whatever has one, as Zod measures also values whose type it has just refused. */
function lengthOf(value: unknown, failed: Failed): number | undefined {
  if (failed > 1 || value === null || value === undefined) return undefined;
  return typeof value === 'string' ? codePoints(value) : (value as { length?: number }).length;
}
