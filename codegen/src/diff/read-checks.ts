import type { NumberNode, SizeCheck, StringCheck, StringNode } from '../model.ts';
import { formatAccepts } from './read-formats.ts';
import type { Reading } from './read.ts';
import { refuse } from './refuse.ts';

/** Reads a string, running its checks and conversions in their order. */
export function readString(node: StringNode, wire: unknown): Reading {
  if (typeof wire !== 'string')
    return refuse(wire === undefined ? 'required, but missing' : 'expected a string');
  let value = wire;
  let certain = true;
  for (const check of node.checks ?? []) {
    if (
      check.check === 'trim' ||
      check.check === 'lower-case' ||
      check.check === 'upper-case' ||
      check.check === 'normalize'
    ) {
      value = converted(value, check);
      continue;
    }
    const verdict = stringPasses(value, check);
    if (verdict === 'unknown') certain = false;
    else if (!verdict) return refuse(`${quoted(value)} fails ${checkText(check)}`);
  }
  return { ok: true, value, certain };
}

/** Shortens a string of more than 60 characters; the payload has all of it. */
function quoted(text: string): string {
  return text.length > 60
    ? `${JSON.stringify(text.slice(0, 50))}... (${text.length} characters)`
    : JSON.stringify(text);
}

/** A readable string check. */
export function checkText(check: StringCheck): string {
  switch (check.check) {
    case 'pattern':
      return `/${check.pattern}/${check.flags ?? ''}`;
    case 'format':
      return [check.format, check.options && JSON.stringify(check.options), customPattern(check)]
        .filter(Boolean)
        .join(' ');
    case 'trim':
    case 'lower-case':
    case 'upper-case':
      return check.check;
    case 'normalize':
      return `normalize ${check.form}`;
    case 'includes':
      return `includes ${JSON.stringify(check.value)}${check.position === undefined ? '' : ` from ${check.position}`}`;
    default:
      return `${check.check} ${JSON.stringify(check.value)}`;
  }
}

/** Zod's patterns of formats differ between its versions and are not part of the meaning. */
function customPattern(check: StringCheck & { readonly check: 'format' }): string | undefined {
  return check.custom && check.pattern !== undefined ? `/${check.pattern}/${check.flags ?? ''}` : undefined;
}

/** Number of code points, as Zod 4.6 counts. */
export function textLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function converted(value: string, check: StringCheck): string {
  switch (check.check) {
    case 'trim':
      return value.trim();
    case 'lower-case':
      return value.toLowerCase();
    case 'upper-case':
      return value.toUpperCase();
    case 'normalize':
      return value.normalize(check.form);
    default:
      return value;
  }
}

function stringPasses(value: string, check: StringCheck): boolean | 'unknown' {
  switch (check.check) {
    case 'min-length':
      return textLength(value) >= check.value;
    case 'max-length':
      return textLength(value) <= check.value;
    case 'length':
      return textLength(value) === check.value;
    case 'pattern':
      return new RegExp(check.pattern, check.flags?.replace(/[gy]/g, '')).test(value);
    case 'format':
      if (check.pattern !== undefined)
        return new RegExp(check.pattern, check.flags?.replace(/[gy]/g, '')).test(value);
      return formatAccepts(check.format, value, check.options);
    case 'starts-with':
      return value.startsWith(check.value);
    case 'ends-with':
      return value.endsWith(check.value);
    case 'includes':
      return value.includes(check.value, check.position);
    default:
      return true;
  }
}

/** Reads a number. */
export function readNumber(node: NumberNode, wire: unknown): Reading {
  if (typeof wire !== 'number' || !Number.isFinite(wire)) {
    return refuse(wire === undefined ? 'required, but missing' : 'expected a number');
  }
  for (const check of node.checks ?? []) {
    const why = numberFails(wire, check);
    if (why) return refuse(`${wire} is ${why}`);
  }
  return { ok: true, value: wire, certain: true };
}

/** Largest values of Zod's number formats; whole ones but for the floats. */
export const numberFormats = {
  safeint: { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, whole: true },
  int32: { min: -2_147_483_648, max: 2_147_483_647, whole: true },
  uint32: { min: 0, max: 4_294_967_295, whole: true },
  float32: { min: -3.4028234663852886e38, max: 3.4028234663852886e38, whole: false },
  float64: { min: -Number.MAX_VALUE, max: Number.MAX_VALUE, whole: false },
} as const;

type NumberCheck = NonNullable<NumberNode['checks']>[number];

function numberFails(value: number, check: NumberCheck): string | undefined {
  switch (check.check) {
    case 'format': {
      const { min, max, whole } = numberFormats[check.format];
      if (whole && !Number.isInteger(value)) return 'not an integer';
      return value < min || value > max ? `no ${check.format}` : undefined;
    }
    case 'min':
      if (check.exclusive) return value > check.value ? undefined : `not above ${check.value}`;
      return value >= check.value ? undefined : `below ${check.value}`;
    case 'max':
      if (check.exclusive) return value < check.value ? undefined : `not below ${check.value}`;
      return value <= check.value ? undefined : `above ${check.value}`;
    case 'multiple-of':
      return isMultiple(value, check.value) ? undefined : `not a multiple of ${check.value}`;
    default:
      return check satisfies never;
  }
}

/** Whether a number is a multiple of another, within the tolerance for rounding that Zod 4.6 has. */
export function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  return Math.abs(ratio - Math.round(ratio)) < 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
}

/** What is wrong with a size, or `undefined`. */
export function sizeFits(checks: readonly SizeCheck[] | undefined, size: number): string | undefined {
  for (const { check, value } of checks ?? []) {
    if (check === 'min' && size < value) return `${size} items are fewer than ${value}`;
    if (check === 'max' && size > value) return `${size} items are more than ${value}`;
    if (check === 'length' && size !== value) return `${size} items are not ${value}`;
  }
  return undefined;
}
