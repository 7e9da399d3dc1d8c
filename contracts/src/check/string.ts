import { checked, type Check } from './checks.ts';
import { report, wrongType, type Run, type Schema } from './schema.ts';

/** A text. */
export function string(...checks: Check[]): Schema {
  return checked((value, run) => {
    if (typeof value !== 'string') wrongType(run, 'string', value);
    return value;
  }, checks);
}

/** A text that a regular expression matches. `named`: what it should be; default is the expression itself. */
export function pattern(expression: RegExp, named = `string: must match pattern ${expression}`): Check {
  return matching((text) => expression.test(text), named);
}

/** A text that passes a test. `named` follows the word "Invalid" in the message. */
export function matching(test: (text: string) => boolean, named: string): Check {
  return (text: string, run, failed) => {
    if (!failed && !test(text)) badFormat(run, named);
    return text;
  };
}

/** A text that is replaced by another. */
export function changed(change: (text: string) => string): Check {
  return (text: string, _run, failed) => (failed ? text : change(text));
}

/** Adds an `invalid_format` issue; what follows it still runs. */
export function badFormat(run: Run, named: string): void {
  report(run, 'invalid_format', `Invalid ${named}`).soft = true;
}

/** A text of fixed and variable parts. */
export function template(expression: RegExp): Schema {
  return {
    run(value, run) {
      if (typeof value !== 'string') wrongType(run, 'string', value);
      else if (!expression.test(value)) report(run, 'invalid_format', 'Invalid input');
      return value;
    },
  };
}
