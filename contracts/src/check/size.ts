import type { Check, Failed } from './checks.ts';
import { report, type Run } from './schema.ts';
import { codePoints } from './text.ts';

/** At least so many code points or items. */
export function minLength(min: number): Check {
  return {
    check(value: unknown, run, failed) {
      const length = lengthOf(value, failed);
      if (length !== undefined && length < min) misfit(run, value, ['too_small', `>=${min}`]);
      return value;
    },
  };
}

/** At most so many code points or items. */
export function maxLength(max: number): Check {
  return {
    cap: max,
    check(value: unknown, run, failed) {
      const length = lengthOf(value, failed);
      if (length !== undefined && length > max) misfit(run, value, ['too_big', `<=${max}`]);
      return value;
    },
  };
}

/** Exactly so many code points or items. */
export function length(size: number): Check {
  return {
    cap: size,
    check(value: unknown, run, failed) {
      const actual = lengthOf(value, failed);
      if (actual !== undefined && actual !== size) {
        misfit(run, value, [actual > size ? 'too_big' : 'too_small', `exactly ${size}`]);
      }
      return value;
    },
  };
}

/** Length of whatever has one, as Zod measures also values whose type it has just refused. */
function lengthOf(value: unknown, failed: Failed): number | undefined {
  if (failed > 1 || value === null || value === undefined) return undefined;
  return typeof value === 'string' ? codePoints(value) : (value as { length?: number }).length;
}

function misfit(
  run: Run,
  value: unknown,
  [code, bound]: readonly [code: 'too_small' | 'too_big', bound: string],
): void {
  const origin = typeof value === 'string' ? 'string' : Array.isArray(value) ? 'array' : 'unknown';
  const unit = origin === 'string' ? ' characters' : origin === 'array' ? ' items' : '';
  const verb = unit === '' ? 'be' : 'have';
  report(run, code, `Too ${code.slice(4)}: expected ${origin} to ${verb} ${bound}${unit}`, true);
}
