import { enters, part, report, wrongType, type Run, type Schema } from './schema.ts';

/** Whether a value is an object and no array. */
export function keyed(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Schemas by key. */
type Shape = Readonly<Record<string, Schema>>;

/** An object; keys that `shape` does not name are left out. */
export function object(shape: Shape, others?: (open: Open, run: Run) => void): Schema {
  const fields = Object.entries(shape);
  return (value, run) => {
    if (!enters(run, value, !keyed(value) && 'object')) return value;
    const open: Open = { input: value as Fields, out: {} };
    for (const field of fields) settle(open, field, run);
    others?.(open, run);
    return open.out;
  };
}

/** An object halfway: declared keys are done. */
export interface Open {
  readonly input: Fields;
  readonly out: Record<string, unknown>;
}

/** An object that may have no other keys. */
export function strictObject(shape: Shape): Schema {
  return object(shape, ({ input }, run) => {
    unrecognized(
      run,
      enumerated(input).filter((key) => !Object.hasOwn(shape, key)),
    );
  });
}

/** An object whose other keys follow one schema. */
export function openObject(shape: Shape, rest: Schema): Schema {
  return object(shape, (open, run) => {
    for (const key in open.input) if (!Object.hasOwn(shape, key)) settle(open, [key, rest], run);
  });
}

/** Adds an `unrecognized_keys` issue, unless there are none. */
export function unrecognized(run: Run, keys: readonly string[]): void {
  if (keys.length > 0) {
    const finding = report(run, 'unrecognized_keys', unknownKeys(keys));
    Object.assign(finding, { soft: true, keys });
  }
}

/** Message of an `unrecognized_keys` issue. */
export function unknownKeys(keys: readonly string[]): string {
  return `Unknown keys: ${keys.join(', ')}`;
}

/** Every key that `for in` sees. */
export function enumerated(input: object): string[] {
  const keys: string[] = [];
  for (const key in input) keys.push(key);
  return keys;
}

/** Runs one property and decides what a missing key means. */
function settle({ input, out }: Open, [key, schema]: readonly [string, Schema], run: Run): void {
  if (key === '__proto__') return;
  const { found } = run;
  const mark = found.length;
  const given = input[key];
  const value = part(schema, [key, given], run);
  if (given === undefined && !(key in input)) {
    const { absent, omit } = schema;
    if (omit && absent && (absent === 1 || found.length > mark)) {
      found.length = mark;
      return;
    }
    if (!absent && found.length === mark) part(missing, [key, value], run);
    if (!absent || (value === undefined && (absent === 1 || omit))) return;
  }
  if (run.copy) out[key] = value;
}

/** The schema of what should be there. */
export const missing: Schema = (value, run) => {
  wrongType(run, 'a value', value);
};

/** An object of which nothing is known but the names that will be asked for. */
export type Fields<Key extends string = string> = { readonly [K in Key]?: unknown };
