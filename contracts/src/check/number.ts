import { checked, type Check } from './checks.ts';
import { report, wrongType, type Run, type Schema } from './schema.ts';

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
  return {
    check(value: number, run, failed) {
      if (failed) return value;
      if (!Number.isInteger(value)) {
        wrongType(run, 'int', value);
        (run.found[run.found.length - 1] as { soft?: boolean }).soft = false;
      } else if (!Number.isSafeInteger(value)) {
        if (value > 0) tooBig(run, 'int', `<=${Number.MAX_SAFE_INTEGER}`);
        else tooSmall(run, 'int', `>=${Number.MIN_SAFE_INTEGER}`);
      } else if (value < low) tooSmall(run, 'number', `>=${low}`);
      else if (value > high) tooBig(run, 'number', `<=${high}`);
      return value;
    },
  };
}

/** A number, bigint or date that is not below `low`; with `exclusive`, above it. */
export function min(low: number | bigint | Date, exclusive?: true): Check {
  return {
    check(value: number, run, failed) {
      if (!failed && !(exclusive ? value > (low as number) : value >= (low as number))) {
        tooSmall(run, origin(value, low), `${exclusive ? '>' : '>='}${plain(low)}`);
      }
      return value;
    },
  };
}

/** A number, bigint or date that is not above `high`; with `exclusive`, below it. */
export function max(high: number | bigint | Date, exclusive?: true): Check {
  return {
    check(value: number, run, failed) {
      if (!failed && !(exclusive ? value < (high as number) : value <= (high as number))) {
        tooBig(run, origin(value, high), `${exclusive ? '<' : '<='}${plain(high)}`);
      }
      return value;
    },
  };
}

/** A multiple of `step`, give or take what doubles lose. */
export function multipleOf(step: number | bigint): Check {
  return {
    check(value: number | bigint, run, failed) {
      const fits = () => (typeof step === 'bigint' ? step !== 0n && (value as bigint) % step === 0n : isMultiple(value as number, step));
      if (!failed && !fits()) {
        report(run, 'not_multiple_of', `Invalid number: must be a multiple of ${step}`, true);
      }
      return value;
    },
  };
}

/** Whether `value` is a multiple of `step`: the quotient is whole to within four scaled epsilons, as in Zod. */
export function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  const difference = ratio - Math.round(ratio);
  return Math.abs(difference) < 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
}

function origin(value: unknown, bound: unknown): string {
  const kinds: Record<string, string> = { number: 'number', bigint: 'bigint', object: 'date' };
  return kinds[typeof value] ?? (kinds[typeof bound] as string);
}

function plain(bound: number | bigint | Date): string {
  return String(typeof bound === 'object' ? bound.getTime() : bound);
}

function tooSmall(run: Run, kind: string, bound: string): void {
  report(run, 'too_small', `Too small: expected ${kind} to be ${bound}`, true);
}

function tooBig(run: Run, kind: string, bound: string): void {
  report(run, 'too_big', `Too big: expected ${kind} to be ${bound}`, true);
}
