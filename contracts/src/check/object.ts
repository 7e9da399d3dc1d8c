import { prefix, report, runPart, within, wrongType, type Run, type Schema } from './schema.ts';

/** Whether a value is an object and no array. */
export function keyed(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object; keys that `shape` does not name are left out. */
export function object(shape: Readonly<Record<string, Schema>>, others?: (open: Open) => void): Schema {
  const keys = Object.keys(shape);
  return {
    run: (value, run) => {
      if (!keyed(value)) {
        wrongType(run, 'object', value);
        return value;
      }
      return within<object>(run, value, () => {
        const input = value as Readonly<Record<string, unknown>>;
        const out: Record<string, unknown> = {};
        for (const key of keys) if (key !== '__proto__') settle(out, key, [shape[key] as Schema, input, run]);
        others?.({ shape, input, out, run });
        return out;
      });
    },
  };
}

/** An object halfway: declared keys are done. */
export interface Open {
  readonly shape: Readonly<Record<string, Schema>>;
  readonly input: Readonly<Record<string, unknown>>;
  readonly out: Record<string, unknown>;
  readonly run: Run;
}

/** An object that may have no other keys. */
export function strictObject(shape: Readonly<Record<string, Schema>>): Schema {
  return object(shape, ({ input, run }) => {
    const keys: string[] = [];
    for (const key in input) if (!Object.hasOwn(shape, key)) keys.push(key);
    if (keys.length > 0) unrecognized(run, keys);
  });
}

/** An object whose other keys follow one schema. */
export function openObject(shape: Readonly<Record<string, Schema>>, rest: Schema): Schema {
  return object(shape, ({ input, out, run }) => {
    for (const key in input) {
      if (!Object.hasOwn(shape, key) && key !== '__proto__') settle(out, key, [rest, input, run]);
    }
  });
}

/** Adds an `unrecognized_keys` issue. */
export function unrecognized(run: Run, keys: readonly string[]): void {
  const list = keys.map((key) => `"${key}"`).join(', ');
  run.found.push({
    path: [],
    code: 'unrecognized_keys',
    message: `Unrecognized key${keys.length > 1 ? 's' : ''}: ${list}`,
    soft: true,
    keys,
  });
}

/** Runs one property and decides what a missing key means. */
function settle(
  out: Record<string, unknown>,
  key: string,
  [schema, input, run]: readonly [Schema, Readonly<Record<string, unknown>>, Run],
): void {
  const mark = run.found.length;
  const value = runPart(schema, input[key], run);
  const present = key in input;
  const failed = run.found.length > mark;
  if (!present && schema.omit && (schema.absent === 1 || (schema.absent && failed))) {
    run.found.length = mark;
    return;
  }
  if (!present && !schema.absent) {
    if (!failed) report(run, 'invalid_type', 'Invalid input: expected nonoptional, received undefined');
    prefix(run, mark, key);
    return;
  }
  prefix(run, mark, key);
  if (value !== undefined || present || (schema.absent === 2 && !schema.omit)) out[key] = value;
}

/** An object of which nothing is known but the names that will be asked for. */
export type Fields<Key extends string> = { readonly [K in Key]?: unknown };
