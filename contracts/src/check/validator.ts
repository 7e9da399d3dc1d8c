import { INVALID, type Invalid, type Issue, type Validator } from '../validator.ts';
import type { Run, Schema } from './schema.ts';

/** Straight-line code for one direction: the converted value, or `INVALID`. Throws only what its input throws. */
export type Convert = (value: unknown) => unknown;

/**
 * Joins the generated code of a schema into a {@link Validator}. `schema` is made when a refusal is first explained.
 * Without `encode`, wire form and application form are the same.
 */
export function validator<App>(
  schema: () => Schema,
  decode: Convert,
  encode: Convert = decode,
): Validator<App> {
  const explained = once(schema);
  return {
    decode: (wire, issues) => attempt(decode, wire, issues && [explained, false, issues]) as App | Invalid,
    encode: (app, issues) => attempt(encode, app, issues && [explained, true, issues]),
  };
}

/** A {@link Validator} of values that stay as they are. */
export function checker<App>(schema: () => Schema, test: (value: unknown) => boolean): Validator<App> {
  return validator(schema, (value) => (test(value) ? value : INVALID));
}

/** Code for one direction of a schema that is rare or involved: the reference schema itself. */
export function slow(schema: () => Schema, back: boolean): (value: unknown, depth?: number) => unknown {
  const made = once(schema);
  return (value, depth = 0) => run(made(), value, [back, depth]);
}

/** Runs a schema without asking why it refuses. */
export function run(
  schema: Schema,
  value: unknown,
  [back, depth]: readonly [back: boolean, depth: number],
): unknown {
  const walk: Run = { back, found: [], skip: false, halt: false, depth };
  const result = schema.run(value, walk);
  return walk.found.length > 0 ? INVALID : result;
}

function attempt(
  convert: Convert,
  value: unknown,
  why: readonly [schema: () => Schema, back: boolean, issues: Issue[]] | undefined,
): unknown {
  let result: unknown = INVALID;
  try {
    result = convert(value);
  } catch {
    // A getter or a proxy threw: as good as any other refusal.
  }
  if (result === INVALID && why) explain(value, why);
  return result;
}

function explain(
  value: unknown,
  [schema, back, issues]: readonly [schema: () => Schema, back: boolean, issues: Issue[]],
): void {
  const walk: Run = { back, found: [], skip: false, halt: false, depth: 0 };
  try {
    schema().run(value, walk);
  } catch {
    walk.found.push({ path: [], code: 'custom', message: 'Invalid input: cannot be read' });
  }
  for (const { path } of walk.found) path.reverse();
  addIssues(
    walk.found.length > 0 ? walk.found : [{ path: [], code: 'custom', message: 'Invalid input' }],
    issues,
  );
}

/** Most issues that one refusal names, and longest text of a message or key: naming them must not cost more than the value. */
const bounds = { issues: 32, text: 300 };

/** Hands out issues, not too many and none too long. */
export function addIssues(found: readonly Issue[], issues: Issue[]): void {
  for (const { path, code, message } of found) {
    if (issues.length >= bounds.issues) return;
    const keys = path.some((key) => typeof key !== 'number' && String(key).length > bounds.text)
      ? path.map(shortened)
      : path;
    issues.push({ path: keys, code, message: message.slice(0, bounds.text) });
  }
}

function shortened(key: string | number): string | number {
  return typeof key === 'number' ? key : String(key).slice(0, bounds.text);
}

function once(make: () => Schema): () => Schema {
  let made: Schema | undefined;
  return () => (made ??= make());
}
