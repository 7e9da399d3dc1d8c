import { wrongType, type Schema } from './schema.ts';
import { string } from './simple.ts';
import { codePoints, sized } from './sized.ts';
import { report, skip } from './walk.ts';

/** A schema of texts that stay as they are; where it is not to explain, it tells whether a value fits. */
export type Text = Schema & ((value: unknown) => value is string);

/** A text of `low` to `high` code points. */
export function text(low: number, high = Infinity): Text {
  const inBounds = sized(string, low, high);
  // What explains is a function of its own, so that the rest is small enough to be compiled into its callers.
  const explain: Schema = (value) =>
    typeof value === 'string' && fits(value, low, high) ? value : inBounds(value);
  return ((value: unknown, explains?: true) =>
    explains ? explain(value) : typeof value === 'string' && fits(value, low, high)) as Text;
}

/** A text that an expression matches, and that is one of `inner`. `named`: what it should be, for messages. */
export function matched(expression: RegExp, named: RegExp | string = expression, inner?: Text): Text {
  // What explains is a function of its own, so that the rest is small enough to be compiled into its callers.
  const explain: Schema = (value) => {
    const isText = typeof value === 'string';
    if (inner) inner(value, true);
    else if (!isText) wrongType('string', value);
    if (!skip && isText && !expression.test(value)) report('invalid_format', named, 0);
    return value;
  };
  return ((value: unknown, explains?: true) =>
    explains
      ? explain(value)
      : typeof value === 'string' && expression.test(value) && (!inner || inner(value))) as Text;
}

/** Whether a text has `low` to `high` code points. Counts only where UTF-16 units do not settle it. */
export function fits(text: string, low: number, high: number): boolean {
  const units = text.length;
  if (units < low || units > 2 * high) return false;
  if (units >= 2 * low && units <= high) return true;
  const points = codePoints(text);
  return points >= low && points <= high;
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
