import type { BigIntNode, DateNode, NumberCheck, TypeNode } from '../model.ts';
import type { Site } from './site.ts';
import { isApp } from './site.ts';
import type { CheckDef, ZodSchema } from './zod.ts';

/** `z.number()` and its formats. */
export function numberNode(): TypeNode {
  return { kind: 'number' };
}

/** `z.bigint()`, on the application side of a codec. */
export function bigIntNode(_schema: ZodSchema, site: Site): TypeNode {
  if (isApp(site.side)) return { kind: 'bigint' };
  return site.refuse({
    id: 'needs-codec',
    message: 'A bigint cannot travel as JSON.',
    hint: "Use bigint() from '@sockeye/contract': decimal text on the wire, a bigint in the application.",
  });
}

/** `z.date()`, on the application side of a codec. */
export function dateNode(_schema: ZodSchema, site: Site): TypeNode {
  if (isApp(site.side)) return { kind: 'date' };
  return site.refuse({
    id: 'needs-codec',
    message: 'A Date cannot travel as JSON: it arrives as text.',
    hint: "Use date() from '@sockeye/contract': ISO 8601 text on the wire, a Date in the application.",
  });
}

/** The model's form of a number's check. */
export function numberCheck(def: CheckDef): NumberCheck | undefined {
  if (def.check === 'number_format') return { check: 'format', format: def['format'] as 'safeint' };
  const { value } = def;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const plain = value === 0 ? 0 : value;
  if (def.check === 'multiple_of') return { check: 'multiple-of', value: plain };
  const bound = boundOf(def);
  return bound && { ...bound, value: plain };
}

/** The model's form of a bigint's check. */
export function bigIntCheck(def: CheckDef): NonNullable<BigIntNode['checks']>[number] | undefined {
  if (def.check === 'bigint_format') return { check: 'format', value: String(def['format']) };
  const { value } = def;
  if (typeof value !== 'bigint' && typeof value !== 'number') return undefined;
  if (def.check === 'multiple_of') return { check: 'multiple-of', value: String(value) };
  const bound = boundOf(def);
  return bound && { ...bound, value: String(value) };
}

/** The model's form of a date's check. */
export function dateCheck(def: CheckDef): NonNullable<DateNode['checks']>[number] | undefined {
  const { value } = def;
  const bound = boundOf(def);
  if (bound === undefined || Object.prototype.toString.call(value) !== '[object Date]') return undefined;
  const time = (value as Date).getTime();
  return Number.isNaN(time) ? undefined : { ...bound, value: new Date(time).toISOString() };
}

/** Whether a check lets every number through: `.min(-Infinity)`. */
export function isIdle(def: CheckDef): boolean {
  return (
    (def.check === 'greater_than' && def['value'] === Number.NEGATIVE_INFINITY) ||
    (def.check === 'less_than' && def['value'] === Number.POSITIVE_INFINITY)
  );
}

function boundOf(def: CheckDef): { readonly check: 'min' | 'max'; readonly exclusive?: true } | undefined {
  if (def.check !== 'greater_than' && def.check !== 'less_than') return undefined;
  const check = def.check === 'greater_than' ? 'min' : 'max';
  return def['inclusive'] === true ? { check } : { check, exclusive: true };
}
