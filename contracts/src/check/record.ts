import { keyed, unrecognized } from './object.ts';
import { shortened, wrongType, type Schema } from './schema.ts';
import { forgiven, found, ofKeys, part, report } from './walk.ts';

/** Whether a value is an object that nobody made a class for, as Zod tells them. */
export function plainObject(value: unknown): value is object {
  if (!keyed(value)) return false;
  const made: unknown = (value as { constructor?: unknown }).constructor;
  if (typeof made !== 'function') return true;
  const prototype: unknown = made.prototype;
  return keyed(prototype) && Object.hasOwn(prototype, 'isPrototypeOf');
}

/** Whether a value is a plain object without symbols for keys. */
export function record(value: unknown): value is object {
  return plainObject(value) && Object.getOwnPropertySymbols(value).every((key) => !enumerable(value, key));
}

/** How a record treats keys that its key schema refuses, and whether all listed keys have to be there. */
export type RecordMode = 'exhaustive' | 'partial' | 'loose';

/** An object of any keys that follow one schema, with values that follow another. `listed`: every key there can be. */
export function recordOf(
  key: Schema,
  value: Schema,
  ...[listed, mode = 'exhaustive']: [listed?: readonly (string | number)[] | undefined, mode?: RecordMode]
): Schema {
  return (input) => {
    if (!plainObject(input)) {
      wrongType('record', input);
      return input;
    }
    const at: At = {
      input: input as At['input'],
      out: {},
      schemas: [key, value],
      loose: mode === 'loose',
    };
    if (listed && mode !== 'partial') listedKeys(listed, at);
    else anyKeys(listed !== undefined, at);
    return at.out;
  };
}

interface At {
  readonly input: Readonly<Record<PropertyKey, unknown>>;
  readonly out: Record<PropertyKey, unknown>;
  readonly schemas: readonly [key: Schema, value: Schema];
  readonly loose: boolean;
}

function listedKeys(listed: readonly (string | number)[], at: At): void {
  for (const key of listed) {
    if (key === '__proto__') continue;
    const { result, refused } = keyOf(key, at);
    if (refused) part(invalidKey, key, key);
    else setValue(key, result as PropertyKey, at);
  }
  const names = new Set(listed.map(String));
  const others: string[] = [];
  for (const key in at.input) {
    if (names.has(key)) continue;
    if (!at.loose) others.push(key);
    else if (key !== '__proto__') at.out[key] = at.input[key];
  }
  unrecognized(others);
}

function anyKeys(listed: boolean, at: At): void {
  const others: string[] = [];
  for (const key of Reflect.ownKeys(at.input)) {
    if (key === '__proto__' || !enumerable(at.input, key)) continue;
    let { result, refused } = keyOf(key, at);
    if (refused && typeof key === 'string' && /^-?\d+(?:\.\d+)?$/.test(key)) {
      const again = keyOf(Number(key), at);
      if (!again.refused) ({ result, refused } = again);
    }
    if (!refused) setValue(key, result as PropertyKey, at);
    else if (at.loose) at.out[key] = at.input[key];
    else if (listed) others.push(String(key));
    else part(invalidKey, pathKey(key), key);
  }
  unrecognized(others);
}

function keyOf(key: PropertyKey, { schemas }: At): { result: unknown; refused: boolean } {
  const mark = found.length;
  const result = part(schemas[0], pathKey(key), key);
  return { result, refused: forgiven(mark) };
}

function setValue(key: PropertyKey, name: PropertyKey, { input, out, schemas }: At): void {
  if (name !== '__proto__') out[name] = part(schemas[1], pathKey(key), input[key]);
}

const invalidKey: Schema = (key) => {
  report('invalid_key', 'another key');
  ofKeys([String(key)]);
};

function pathKey(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : shortened(key as string);
}

function enumerable(value: object, key: PropertyKey): boolean {
  return Object.prototype.propertyIsEnumerable.call(value, key);
}
