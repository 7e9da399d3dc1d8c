import { check, checked, type Check } from './checks.ts';
import { report, wrongType, type Schema } from './schema.ts';
import { typed } from './simple.ts';

/** A finite number. */
export function number(...checks: Check[]): Schema {
  return checked(typed('number', Number.isFinite), checks);
}

/** A whole number that a double holds exactly, within `low` and `high`. */
export function integer(
  low: number = Number.MIN_SAFE_INTEGER,
  high: number = Number.MAX_SAFE_INTEGER,
): Check {
  return (value: number, run, failed) => {
    if (failed) return value;
    if (!Number.isInteger(value)) wrongType(run, 'int', value).soft = false;
    else if (value < low) report(run, tooSmall, atLeast(low)).soft = true;
    else if (value > high) report(run, tooBig, atMost(high)).soft = true;
    return value;
  };
}

/** A number, bigint or date that is not below `low`; with `exclusive`, above it. `text`: the bound as people read it. */
export function min(low: number | bigint, exclusive?: boolean, text: string = `${low}`): Check {
  return check(
    (value: number) => (exclusive ? value > low : value >= low),
    tooSmall,
    exclusive ? `Expected > ${text}` : atLeast(text),
  );
}

/** A number, bigint or date that is not above `high`; with `exclusive`, below it. `text`: the bound as people read it. */
export function max(high: number | bigint, exclusive?: boolean, text: string = `${high}`): Check {
  return check(
    (value: number) => (exclusive ? value < high : value <= high),
    tooBig,
    exclusive ? `Expected < ${text}` : atMost(text),
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
    `Expected a multiple of ${step}`,
  );
}

/** Whether `value` is a multiple of `step`: the quotient is whole to within four scaled epsilons, as in Zod. */
export function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  const difference = ratio - Math.round(ratio);
  return Math.abs(difference) < 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
}

const tooSmall = 'too_small';
const tooBig = 'too_big';

function atLeast(bound: number | string): string {
  return `Expected >= ${bound}`;
}

function atMost(bound: number | string): string {
  return `Expected <= ${bound}`;
}
