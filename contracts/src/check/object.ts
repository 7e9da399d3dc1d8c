import { enter, leave, noOptional, prefix, runPart, wrongType, type Run, type Schema } from './schema.ts';

/** Whether a value is an object and no array. */
export function keyed(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object; keys that `shape` does not name are left out. */
export function object(shape: Readonly<Record<string, Schema>>, others?: (open: Open) => void): Schema {
  const keys = Object.keys(shape).filter((key) => key !== '__proto__');
  return {
    run(value, run) {
      if (!keyed(value)) wrongType(run, 'object', value);
      else if (enter(run)) {
        const open: Open = { input: value as Open['input'], out: {}, run };
        for (const key of keys) settle(open, key, shape[key] as Schema);
        others?.(open);
        leave(run);
        return open.out;
      }
      return value;
    },
  };
}

/** An object halfway: declared keys are done. */
export interface Open {
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
  return object(shape, (open) => {
    for (const key in open.input)
      if (!Object.hasOwn(shape, key) && key !== '__proto__') settle(open, key, rest);
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
function settle({ input, out, run }: Open, key: string, schema: Schema): void {
  const { absent, omit } = schema;
  const { found } = run;
  const mark = found.length;
  const value = runPart(schema, input[key], run);
  const present = key in input;
  if (!present && omit && absent && (absent === 1 || found.length > mark)) {
    found.length = mark;
    return;
  }
  if (!present && !absent && found.length === mark) noOptional(run);
  prefix(run, mark, key);
  if (absent ? value !== undefined || present || (absent === 2 && !omit) : present) out[key] = value;
}

/** An object of which nothing is known but the names that will be asked for. */
export type Fields<Key extends string> = { readonly [K in Key]?: unknown };
