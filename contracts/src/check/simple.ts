import { checked, type Check } from './checks.ts';
import { maxDepth, report, tooDeep, wrongType, type Finding, type Run, type Schema } from './schema.ts';

/** `true` or `false`. */
export const boolean: Schema = (value, run) => {
  if (typeof value !== 'boolean') wrongType(run, 'boolean', value);
  return value;
};

/** A value of a type that a test tells; `expected` names it. */
export function typed(expected: string, test: (value: unknown) => boolean): Schema {
  return (value, run) => {
    if (!test(value)) wrongType(run, expected, value);
    return value;
  };
}

/** One of several values. */
export function oneOf(...values: readonly (string | number | boolean | null)[]): Schema {
  return (value, run) => {
    if (!values.includes(value as never)) notOneOf(run, values);
    return value;
  };
}

/** Adds an `invalid_value` issue. */
export function notOneOf(run: Run, values: readonly unknown[]): Finding {
  return report(run, 'invalid_value', `Expected ${values.map(String).join(' | ')}`);
}

/** An instance of a class. */
export function instance(of: abstract new (...args: never) => unknown): Schema {
  return (value, run) => {
    if (!run.skip && !(value instanceof of)) wrongType(run, of.name, value);
    return value;
  };
}

/** Binary data of at most `max` bytes. */
export function binary(max: number = Number.POSITIVE_INFINITY): Schema {
  return (value, run) => {
    const fits = (value instanceof Uint8Array || value instanceof ArrayBuffer) && value.byteLength <= max;
    if (!run.skip && !fits)
      report(run, 'custom', `Expected binary data of at most ${max} bytes`).soft = false;
    return value;
  };
}

/** Anything that is not nested too deep. */
export const any: Schema = (value, run) => {
  if (!shallow(value, run.path.length)) tooDeep(run);
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
export const anyDate: Schema = (value, run) => {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) wrongType(run, 'date', value);
  return value;
};
