import { INVALID, type Issue, type Validator } from '../validator.ts';
import type { Schema } from './schema.ts';
import { walk } from './walk.ts';

/** Straight-line code for one direction: the converted value, or `INVALID`. Throws only what its input throws. */
export type Convert = (value: unknown) => unknown;

/**
 * Creates a {@link Validator} from the generated code of a schema. `schema` is called when issues are first collected.
 * Without `encode`, wire form and application form are the same.
 */
export function validator<App>(
  schema: () => Schema,
  decode: Convert,
  encode: Convert = decode,
): Validator<App> {
  let made: Schema | undefined;
  const attempt =
    (convert: Convert, back: boolean) =>
    (value: unknown, issues?: Issue[]): unknown => {
      let result: unknown = INVALID;
      try {
        result = convert(value);
      } catch {
        // A getter or a proxy threw: the value is invalid.
      }
      if (result === INVALID && issues) {
        const [, findings] = walk(() => (made ??= schema())(value, true), back);
        for (const { issue } of findings.slice(0, mostIssues)) issues.push(issue);
        // Nothing is found in what throws, or reads otherwise the second time.
        if (!findings[0])
          issues.push({ path: [], code: 'custom', message: 'Expected something that can be read' });
      }
      return result;
    };
  return {
    decode: attempt(decode, false) as Validator<App>['decode'],
    encode: attempt(encode, true),
  };
}

/** A {@link Validator} of values that stay as they are. */
export function checker<App>(schema: () => Schema, test: (value: unknown) => boolean): Validator<App> {
  return validator(schema, (value) => (test(value) ? value : INVALID));
}

/** A {@link Validator} of what is mostly received: only that direction has code of its own. */
export function decoder<App>(schema: () => Schema, decode: Convert): Validator<App> {
  return validator(schema, decode, slow(schema, true));
}

/** A {@link Validator} of what is mostly sent: only that direction has code of its own. */
export function encoder<App>(schema: () => Schema, encode: Convert): Validator<App> {
  return validator(schema, slow(schema, false), encode);
}

/** The same validator, known to be {@link Validator.closed}. */
export function closed<App>(bound: number, { decode, encode }: Validator<App>): Validator<App> {
  return { decode, encode, closed: bound };
}

/** Code for one direction of a schema that is rare or involved: the reference schema itself. */
export function slow(schema: () => Schema, back: boolean): (value: unknown, depth?: number) => unknown {
  let made: Schema | undefined;
  return (value, depth = 0) => {
    const [result, findings] = walk(() => (made ??= schema())(value, true), back, depth);
    return findings[0] ? INVALID : result;
  };
}

/** Maximum number of reported issues: collecting them must not cost more than the value. */
export const mostIssues = 32;
