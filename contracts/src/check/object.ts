import { like, shortened, wrongType, type Open, type Schema, type Settle } from './schema.ts';
import { forgiven, found, kept, ofKeys, part, report } from './walk.ts';

/** Whether a value is an object and no array. */
export function keyed(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Schemas by key. */
type Shape = Readonly<Record<string, Schema>>;

/**
 * An object; keys that `shape` does not name are left out. `property`: what becomes of each; `others`: of other keys.
 */
export function object(shape: Shape, property: Settle = plainly, others?: (open: Open) => void): Schema {
  const fields = Object.entries(shape);
  return (value) => {
    if (!keyed(value)) {
      wrongType('object', value);
      return value;
    }
    const open: Open = { input: value as Open['input'], out: {} };
    for (const [key, schema] of fields) property(open, key, schema);
    others?.(open);
    return open.out;
  };
}

const plainly: Settle = ({ input, out }, key, schema) => {
  const given = input[key];
  if (given === undefined && (schema.absent as number) > 3 && !(key in input)) return;
  const result = part(schema, key, given);
  if (kept) out[key] = result;
};

/** For objects of which some property is {@link involved} or {@link ignored}. */
export const bySchema: Settle = (open, key, schema) => (schema.settle ?? plainly)(open, key, schema);

/** An object that may have no other keys. */
export function strictObject(shape: Shape): Schema {
  return object(shape, bySchema, ({ input }) => {
    unrecognized(enumerated(input).filter((key) => !Object.hasOwn(shape, key)));
  });
}

/** An object whose other keys follow one schema. */
export function openObject(shape: Shape, rest: Schema): Schema {
  return object(shape, bySchema, ({ input, out }) => {
    for (const key in input)
      if (!Object.hasOwn(shape, key) && key !== '__proto__')
        out[key] = part(rest, shortened(key), input[key]);
  });
}

/** Adds an `unrecognized_keys` issue, unless there are none. */
export function unrecognized(keys: readonly string[]): void {
  if (keys.length === 0) return;
  report('unrecognized_keys', noKeys(keys), 0);
  ofKeys(keys);
}

/** What is expected where there are unknown keys. */
export function noKeys(keys: readonly string[]): string {
  return shortened(`no keys ${keys.join(', ')}`);
}

/** Every key that `for in` sees. */
export function enumerated(input: object): string[] {
  const keys: string[] = [];
  for (const key in input) keys.push(key);
  return keys;
}

/** A property of which more has to be known than whether it may be missing, such as one that takes `undefined`. */
export function involved(schema: Schema): Schema {
  const property = like(schema.absent, (value) => schema(value, true));
  property.settle = ({ input, out }, key) => {
    const mark = found.length;
    const given = input[key];
    const value = part(schema, key, given);
    if (given === undefined && !(key in input)) {
      const absent = schema.absent ?? 0;
      const [stays, filled, omit] = [absent & 1, absent & 2, absent & 4];
      if (omit && (stays || (filled && found.length > mark))) {
        forgiven(mark);
        return;
      }
      if (!stays && !filled) {
        if (found.length === mark) part(missing, key, value);
        return;
      }
      if (value === undefined && (stays || omit)) return;
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
export const missing: Schema = (value) => {
  wrongType('a value', value);
};

/** An object of which nothing is known but the names that will be asked for. */
export type Fields<Key extends string = string> = { readonly [K in Key]?: unknown };
