import { checked, type Check } from './checks.ts';
import { maxDepth, tooDeep, wrongType, type Schema } from './schema.ts';
import { path, report, skip } from './walk.ts';

/** A value of a type of the language. */
function simple(type: string): Schema {
  return (value) => {
    if (typeof value !== type) wrongType(type, value);
    return value;
  };
}

/** `true` or `false`. */
export const boolean: Schema = /* @__PURE__ */ simple('boolean');

/** Any text. */
export const string: Schema = /* @__PURE__ */ simple('string');

/** A value of a type that a test tells; `expected` names it. */
export function typed(expected: string, test: (value: unknown) => boolean): Schema {
  return (value) => {
    if (!test(value)) wrongType(expected, value);
    return value;
  };
}

/** One of several values. */
export function oneOf(...values: readonly (string | number | boolean | null)[]): Schema {
  return (value) => {
    if (!values.includes(value as never)) report('invalid_value', values.map(String).join(' | '));
    return value;
  };
}

/** An instance of a class. */
export function instance(of: abstract new (...args: never) => unknown): Schema {
  return (value) => {
    if (!skip && !(value instanceof of)) wrongType(of.name, value);
    return value;
  };
}

/** Binary data of at most `max` bytes. */
export function binary(max: number = Number.POSITIVE_INFINITY): Schema {
  return (value) => {
    const fits = (value instanceof Uint8Array || value instanceof ArrayBuffer) && value.byteLength <= max;
    if (!skip && !fits) report('custom', `binary data of at most ${max} bytes`, 2);
    return value;
  };
}

/** Anything that is not nested too deep. */
export const any: Schema = (value) => {
  if (!shallow(value, path.length)) tooDeep();
  return value;
};

/** Whether arrays and plain objects in a value end within {@link maxDepth}, counted from `depth`. Refuses cycles. */
export function shallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (!Array.isArray(value)) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return true;
  }
  if (depth >= maxDepth) return false;
  for (const item of Object.values(value)) if (!shallow(item, depth + 1)) return false;
  return true;
}

/** A `bigint`. */
export function bigint(...checks: Check[]): Schema {
  return checked(
    typed('bigint', (value) => typeof value === 'bigint'),
    checks,
  );
}

/** A `Date` that is one. */
export function date(...checks: Check[]): Schema {
  return checked(anyDate, checks);
}

/** Any `Date` that is one. */
export const anyDate: Schema = (value) => {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) wrongType('date', value);
  return value;
};
