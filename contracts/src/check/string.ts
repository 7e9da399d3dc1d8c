import { INVALID } from '../validator.ts';
import { check, checked, type Check } from './checks.ts';
import type { Schema } from './schema.ts';
import { string } from './simple.ts';
import type { Text } from './text.ts';
import { report, skip } from './walk.ts';

/** A text with checks that are more than a size and an expression. */
export function checkedText(...checks: Check[]): Schema {
  return checked(string, checks);
}

/** A text that a regular expression matches. `named`: what it should be; default is the expression itself. */
export function pattern(expression: RegExp, named: RegExp | string = expression): Check {
  return matching((text) => expression.test(text), named);
}

/** A text that passes a test. `named`: what it should be. */
export function matching(test: (text: string) => boolean, named: RegExp | string): Check {
  return check(test, 'invalid_format', `${named}`);
}

/** A text that is replaced by another. */
export function changed(change: (text: string) => string): Check {
  return (text: string, failed) => (failed ? text : change(text));
}

/** A text of fixed and variable parts. */
export function template(expression: RegExp): Schema {
  return (value) => {
    if (typeof value === 'string' && !expression.test(value)) report('invalid_format', expression);
    return string(value);
  };
}

/** A text that is changed before it is looked at. Where it is not to explain: the result, or `INVALID`. */
export function edited(change: (text: string) => string, inner: Schema | Text): Schema {
  return (value, explains) => {
    const text = typeof value === 'string' && !(explains && skip) ? change(value) : value;
    const result = inner(text, explains);
    return explains ? result : result ? text : INVALID;
  };
}
