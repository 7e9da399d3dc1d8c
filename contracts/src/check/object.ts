import {
  like,
  part,
  report,
  shortened,
  wrongType,
  type Open,
  type Run,
  type Schema,
  type Settle,
} from './schema.ts';

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
    if (!keyed(value)) {
      wrongType(run, 'object', value);
      return value;
    }
    const open: Open = { input: value as Open['input'], out: {} };
    for (const field of fields) (field[1].settle ?? settle)(open, field, run);
    others?.(open, run);
    return open.out;
  };
}

const settle: Settle = ({ input, out }, [key, schema], run) => {
  const given = input[key];
  if (given === undefined && (schema.absent ?? 0) > 3 && !(key in input)) return;
  const result = part(schema, [key, given], run);
  if (run.copy) out[key] = result;
};

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
  return object(shape, ({ input, out }, run) => {
    for (const key in input)
      if (!Object.hasOwn(shape, key) && key !== '__proto__')
        out[key] = part(rest, [shortened(key), input[key]], run);
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
  return shortened(`Unknown keys: ${keys.join(', ')}`);
}

/** Every key that `for in` sees. */
export function enumerated(input: object): string[] {
  const keys: string[] = [];
  for (const key in input) keys.push(key);
  return keys;
}

/** A property of which more has to be known than whether it may be missing, such as one that takes `undefined`. */
export function involved(schema: Schema): Schema {
  const property = like(schema.absent, (value, run) => schema(value, run));
  property.settle = ({ input, out }, [key], run) => {
    const { found } = run;
    const mark = found.length;
    const given = input[key];
    const value = part(schema, [key, given], run);
    if (given === undefined && !(key in input)) {
      const absent = schema.absent ?? 0;
      const [kept, filled, omit] = [absent & 1, absent & 2, absent & 4];
      if (omit && (kept || (filled && found.length > mark))) {
        found.length = mark;
        return;
      }
      if (!kept && !filled) {
        if (found.length === mark) part(missing, [key, value], run);
        return;
      }
      if (value === undefined && (kept || omit)) return;
    }
    out[key] = value;
  };
  return property;
}

/** A property that is declared and never looked at: Zod leaves `__proto__` alone. */
export function ignored(): Schema {
  const property: Schema = (value) => value;
  property.settle = () => {};
  return property;
}

/** The schema of what should be there. */
export const missing: Schema = (value, run) => {
  wrongType(run, 'a value', value);
};

/** An object of which nothing is known but the names that will be asked for. */
export type Fields<Key extends string = string> = { readonly [K in Key]?: unknown };
