import { check, checked, type Check } from './checks.ts';
import { bounded, wrongType, type Schema } from './schema.ts';
import { typed } from './simple.ts';
import { skip } from './walk.ts';

/** A finite number from `low` to `high`; with `whole`, one without a fraction that a double holds exactly. */
export function number(low = -Infinity, high = Infinity, whole?: true): Schema {
  return (value) => {
    if (!Number.isFinite(value)) wrongType('number', value);
    else if (!skip) {
      if (whole && !Number.isInteger(value)) wrongType('int', value, 2);
      else {
        if (whole) bounded(value as number, [-largest, largest]);
        bounded(value as number, [low, high]);
      }
    }
    return value;
  };
}

const largest = 2 ** 53 - 1;

/** A finite number with checks that are more than one range. */
export function numeric(...checks: Check[]): Schema {
  return checked(typed('number', Number.isFinite), checks);
}

/** A whole number that a double holds exactly, within `low` and `high`. */
export function whole(low = -largest, high: number = largest): Check {
  return (value: number, failed) => {
    if (failed) return value;
    if (!Number.isInteger(value)) wrongType('int', value, 2);
    else bounded(value, [low, high]);
    return value;
  };
}

/**
 * A number, bigint or date that is not below `low`; with `exclusive`, above it. `text`: the bound as people read it.
 */
export function min(low: number | bigint, exclusive?: boolean, text: string = `${low}`): Check {
  return check(
    (value: number) => (exclusive ? value > low : value >= low),
    'too_small',
    `${exclusive ? '>' : '>='} ${text}`,
  );
}

/**
 * A number, bigint or date that is not above `high`; with `exclusive`, below it. `text`: the bound as people read it.
 */
export function max(high: number | bigint, exclusive?: boolean, text: string = `${high}`): Check {
  return check(
    (value: number) => (exclusive ? value < high : value <= high),
    'too_big',
    `${exclusive ? '<' : '<='} ${text}`,
  );
}

/** A multiple of `step`, give or take what doubles lose. */
export function multipleOf(step: number | bigint): Check {
  return check(
    (value: number | bigint) =>
      typeof step === 'bigint'
        ? step !== 0n && (value as bigint) % step === 0n
        : isMultiple(value as number, step),
    'not_multiple_of',
    `a multiple of ${step}`,
  );
}

/** Whether `value` is a multiple of `step`: the quotient is whole to within four scaled epsilons, as in Zod. */
export function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  const difference = ratio - Math.round(ratio);
  return Math.abs(difference) < 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
}
