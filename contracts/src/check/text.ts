import { bounded, report, wrongType, type Run, type Schema } from './schema.ts';

/** A schema of texts that stay as they are; without a walk it only tells whether a value fits. */
export type Text = Schema & ((value: unknown) => value is string);

/** A text of `low` to `high` code points. */
export function text(low: number, high = Infinity): Text {
  // What explains is a function of its own, so that the rest is small enough to be compiled into its callers.
  return ((value: unknown, run?: Run) =>
    run ? measured([low, high], value, run) : typeof value === 'string' && fits(value, low, high)) as Text;
}

function measured([low, high]: readonly [number, number], value: unknown, run: Run): unknown {
  const isText = typeof value === 'string';
  if (!isText) wrongType(run, 'string', value);
  // Zod measures whatever has a length, also where it has just refused its type, but not while encoding.
  if (!run.skip && (isText ? !fits(value, low, high) : !run.back))
    bounded([sizeOf(value), low, high], run, length);
  return value;
}

/** A text that an expression matches, and that is one of `sized`. `named`: what it should be, for messages. */
export function matched(expression: RegExp, named = 'format', sized?: Text): Text {
  return ((value: unknown, run?: Run) =>
    run
      ? compared([expression, named, sized], value, run)
      : typeof value === 'string' && expression.test(value) && (!sized || sized(value))) as Text;
}

function compared(
  [expression, named, sized]: readonly [RegExp, string, Text | undefined],
  value: unknown,
  run: Run,
): unknown {
  const isText = typeof value === 'string';
  if (sized) sized(value, run);
  else if (!isText) wrongType(run, 'string', value);
  if (!run.skip && isText && !expression.test(value))
    report(run, 'invalid_format', `Invalid ${named}`).soft = true;
  return value;
}

/** Whether a text has `low` to `high` code points. Counts only where UTF-16 units do not settle it. */
export function fits(text: string, low: number, high: number): boolean {
  const units = text.length;
  if (units < low || units > 2 * high) return false;
  if (units >= 2 * low && units <= high) return true;
  const points = codePoints(text);
  return points >= low && points <= high;
}

/** How a message names a size. */
export const length = 'length ';

/** The code points of a text, and what anything else has for a length; not a number where it has none. */
export function sizeOf(value: unknown): number {
  return typeof value === 'string'
    ? codePoints(value)
    : ((value as { readonly length: number } | undefined)?.length as number);
}

/** Whether a text has more than `max` code points. Counts only where UTF-16 units do not settle it. */
export function longerThan(text: string, max: number): boolean {
  return !fits(text, 0, max);
}

/** Whether a text has fewer than `min` code points. Counts only where UTF-16 units do not settle it. */
export function shorterThan(text: string, min: number): boolean {
  return !fits(text, min, Infinity);
}

/** Whether a text has exactly so many code points. */
export function hasLength(text: string, size: number): boolean {
  return fits(text, size, size);
}

/** Code points of a text; a lone surrogate is one. */
export function codePoints(text: string): number {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '_').length;
}
