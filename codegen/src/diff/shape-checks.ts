import type { NumberNode, SizeCheck, StringNode } from '../model.ts';
import { checkText, numberFormats } from './read-checks.ts';

/** Integers from `min` to `max`, inclusive. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Constraints of a string, each kind on its own: only conversions make their order matter. */
export interface StringShape {
  readonly length: Range;
  /** Patterns, prefixes and the like, as text; sorted. */
  readonly patterns: readonly string[];
  /** Formats with their options, as text; sorted. */
  readonly formats: readonly string[];
  /** `trim`, `lower-case` and so on, in order. */
  readonly conversions: readonly string[];
  /** Every check in order, where conversions make the order matter. */
  readonly order?: string;
}

/** Constraints of a number. */
export interface NumberShape {
  readonly whole: boolean;
  readonly min: Bound;
  readonly max: Bound;
  /** Sorted. */
  readonly steps: readonly number[];
}

/** End of a range of numbers. */
export interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
}

/** Sizes that a list of checks allows. */
export function sizeRange(
  checks: readonly { readonly check: string; readonly value?: unknown }[] | undefined,
): Range {
  let [min, max] = [0, Number.POSITIVE_INFINITY];
  for (const { check, value } of (checks ?? []) as readonly SizeCheck[]) {
    if (check === 'min' || check === 'length') min = Math.max(min, value);
    if (check === 'max' || check === 'length') max = Math.min(max, value);
  }
  return { min, max };
}

/** Normal form of a string's checks. */
export function stringShape(node: StringNode): StringShape {
  const checks = node.checks ?? [];
  const sizes = checks.flatMap((check) => {
    if (check.check === 'min-length') return [{ check: 'min', value: check.value }];
    if (check.check === 'max-length') return [{ check: 'max', value: check.value }];
    return check.check === 'length' ? [{ check: 'length', value: check.value }] : [];
  });
  const texts = (...kinds: readonly string[]) =>
    checks.filter(({ check }) => kinds.includes(check)).map(checkText);
  const conversions = texts('trim', 'lower-case', 'upper-case', 'normalize');
  return {
    length: sizeRange(sizes),
    patterns: [...new Set(texts('pattern', 'starts-with', 'ends-with', 'includes'))].sort(),
    formats: [...new Set(texts('format'))].sort(),
    conversions,
    ...(conversions.length > 0 ? { order: checks.map(checkText).join('; ') } : {}),
  };
}

/** Normal form of a number's checks: bounds of integers are integers and inclusive. */
export function numberShape(node: NumberNode): NumberShape {
  let whole = false;
  let min: Bound = { value: Number.NEGATIVE_INFINITY, exclusive: false };
  let max: Bound = { value: Number.POSITIVE_INFINITY, exclusive: false };
  const steps = new Set<number>();
  for (const check of node.checks ?? []) {
    if (check.check === 'format') {
      const format = numberFormats[check.format];
      whole ||= format.whole;
      if (check.format === 'float64') continue;
      min = higher(min, { value: format.min, exclusive: false });
      max = lower(max, { value: format.max, exclusive: false });
    } else if (check.check === 'multiple-of') steps.add(Math.abs(check.value));
    else {
      const bound = { value: check.value, exclusive: check.exclusive === true };
      if (check.check === 'min') min = higher(min, bound);
      else max = lower(max, bound);
    }
  }
  const kept = [...steps].sort((a, b) => a - b);
  if (!whole) return { whole, min, max, steps: kept };
  return {
    whole,
    min: wholeBound(min, 1),
    max: wholeBound(max, -1),
    steps: kept.filter((step) => step !== 1),
  };
}

/** Whether the first lower bound accepts more than the second. */
export function isLower(a: Bound, b: Bound): boolean {
  return a.value < b.value || (a.value === b.value && !a.exclusive && b.exclusive);
}

/** Whether the first upper bound accepts more than the second. */
export function isHigher(a: Bound, b: Bound): boolean {
  return a.value > b.value || (a.value === b.value && !a.exclusive && b.exclusive);
}

function higher(a: Bound, b: Bound): Bound {
  return isLower(a, b) ? b : a;
}

function lower(a: Bound, b: Bound): Bound {
  return isHigher(a, b) ? b : a;
}

function wholeBound({ value, exclusive }: Bound, inward: 1 | -1): Bound {
  if (!Number.isFinite(value)) return { value, exclusive: false };
  const rounded = inward === 1 ? Math.ceil(value) : Math.floor(value);
  return { value: exclusive && rounded === value ? value + inward : rounded, exclusive: false };
}
