import { checked, type Check } from './checks.ts';
import { report, typeMessage, wrongType, type Run, type Schema } from './schema.ts';

/** A finite number. */
export function number(...checks: Check[]): Schema {
  return checked((value, run) => {
    if (!Number.isFinite(value)) wrongType(run, 'number', value);
    return value;
  }, checks);
}

/** A whole number that a double holds exactly, within `low` and `high`. */
export function integer(
  low: number = Number.MIN_SAFE_INTEGER,
  high: number = Number.MAX_SAFE_INTEGER,
): Check {
  return (value: number, run, failed) => {
    if (failed) return value;
    const safe = Number.isSafeInteger(value);
    if (!Number.isInteger(value)) report(run, 'invalid_type', typeMessage('int', value)).soft = false;
    else if (value < low) misfit(run, safe ? 'number' : 'int', `>=${safe ? low : Number.MIN_SAFE_INTEGER}`);
    else if (value > high) misfit(run, safe ? 'number' : 'int', `<=${safe ? high : Number.MAX_SAFE_INTEGER}`);
    return value;
  };
}

/** A number, bigint or date that is not below `low`; with `exclusive`, above it. */
export function min(low: number | bigint | Date, exclusive?: true): Check {
  return (value: number, run, failed) => {
    if (!failed && !(exclusive ? value > (low as number) : value >= (low as number))) {
      misfit(run, origin(value), `>${exclusive ? '' : '='}${plain(low)}`);
    }
    return value;
  };
}

/** A number, bigint or date that is not above `high`; with `exclusive`, below it. */
export function max(high: number | bigint | Date, exclusive?: true): Check {
  return (value: number, run, failed) => {
    if (!failed && !(exclusive ? value < (high as number) : value <= (high as number))) {
      misfit(run, origin(value), `<${exclusive ? '' : '='}${plain(high)}`);
    }
    return value;
  };
}

/** A multiple of `step`, give or take what doubles lose. */
export function multipleOf(step: number | bigint): Check {
  return (value: number | bigint, run, failed) => {
    const fits = () =>
      typeof step === 'bigint'
        ? step !== 0n && (value as bigint) % step === 0n
        : isMultiple(value as number, step);
    if (!failed && !fits())
      report(run, 'not_multiple_of', `Invalid number: must be a multiple of ${step}`).soft = true;
    return value;
  };
}

/** Whether `value` is a multiple of `step`: the quotient is whole to within four scaled epsilons, as in Zod. */
export function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  const difference = ratio - Math.round(ratio);
  return Math.abs(difference) < 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
}

function origin(value: unknown): string {
  return typeof value === 'object' ? 'date' : typeof value;
}

function plain(bound: number | bigint | Date): string {
  return String(typeof bound === 'object' ? bound.getTime() : bound);
}

/** Adds a `too_small` or `too_big` issue, as `bound` begins. */
function misfit(run: Run, kind: string, bound: string): void {
  const size = bound.startsWith('>') ? 'small' : 'big';
  report(run, `too_${size}`, `Too ${size}: expected ${kind} to be ${bound}`).soft = true;
}
