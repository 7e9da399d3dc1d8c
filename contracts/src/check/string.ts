import { check, checked, type Check } from './checks.ts';
import { report, type Schema } from './schema.ts';
import { typed } from './simple.ts';

/** A text. */
export function string(...checks: Check[]): Schema {
  return checked(
    typed('string', (value) => typeof value === 'string'),
    checks,
  );
}

/** A text that a regular expression matches. `named`: what it should be; default is the expression itself. */
export function pattern(expression: RegExp, named = `input: must match ${expression}`): Check {
  return matching((text) => expression.test(text), named);
}

/** A text that passes a test. `named` follows the word "Invalid" in the message. */
export function matching(test: (text: string) => boolean, named: string): Check {
  return check(test, 'invalid_format', `Invalid ${named}`);
}

/** A text that is replaced by another. */
export function changed(change: (text: string) => string): Check {
  return (text: string, _run, failed) => (failed ? text : change(text));
}

/** A text of fixed and variable parts. */
export function template(expression: RegExp): Schema {
  const text = string();
  return (value, run) => {
    if (typeof value === 'string' && !expression.test(value))
      report(run, 'invalid_format', `Invalid input: must match ${expression}`);
    return text(value, run);
  };
}

/** A text that is changed before it is looked at. */
export function edited(change: (text: string) => string, inner: Schema): Schema {
  return (value, run) => inner(typeof value === 'string' && !run.skip ? change(value) : value, run);
}
