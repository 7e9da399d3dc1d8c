import type { Json, StringCheck } from '../model.ts';
import { hasTrait, type CheckDef, type ZodCheck, type ZodSchema } from './zod.ts';

type Format = Extract<StringCheck, { check: 'format' }>;

/** `z.email()` and the like, as a schema or as a check; `z.stringFormat(...)`. */
export function namedFormat(format: string, def: CheckDef, check: ZodCheck): Format {
  const options = optionsOf(def);
  const plain: Format = {
    check: 'format',
    format,
    ...(decidedByCode.has(format) || hasFunction(def) ? {} : patternOf(def['pattern'])),
    ...(options === undefined ? {} : { options }),
  };
  return isCustom(plain, def, check) ? { ...plain, custom: true } : plain;
}

/** Formats for which Zod does more than to try a pattern. */
const decidedByCode = new Set(['url', 'ipv6', 'cidrv6', 'base64', 'base64url', 'credit_card', 'iban', 'jwt']);

/** Formats that Zod itself makes with `z.stringFormat`. */
const zodsOwn = /^(?:hostname|hex|currency_code|(?:md5|sha1|sha256|sha384|sha512)_(?:hex|base64|base64url))$/;

/** Options of a format that change what it accepts; `false` and `null` are what Zod sets where nothing is asked for. */
const optionKeys = [
  'alg',
  'delimiter',
  'length',
  'local',
  'normalize',
  'offset',
  'precision',
  'version',
] as const;

function optionsOf(def: CheckDef): { readonly [key: string]: Json } | undefined {
  const options: Record<string, Json> = {};
  for (const key of optionKeys) {
    const value = def[key];
    if (value !== undefined && value !== null && value !== false) options[key] = value as Json;
  }
  for (const key of ['hostname', 'protocol']) {
    const value = def[key];
    if (!isPattern(value)) continue;
    options[key] = value.source;
    if (value.flags !== '') options[`${key}Flags`] = value.flags;
  }
  return Object.keys(options).length === 0 ? undefined : options;
}

/** Source and flags of an expression. */
export function patternOf(pattern: unknown): { readonly pattern?: string; readonly flags?: string } {
  if (!isPattern(pattern)) return {};
  return { pattern: pattern.source, ...(pattern.flags === '' ? {} : { flags: pattern.flags }) };
}

/** `z.stringFormat(name, (text) => boolean)`: the pattern, if any, does not decide. */
function hasFunction(def: CheckDef): boolean {
  return typeof def['fn'] === 'function' && !isPattern(def['pattern']);
}

/** Whether the contract brings the pattern or the function itself, instead of taking Zod's. */
function isCustom({ format, options }: Format, def: CheckDef, check: ZodCheck): boolean {
  if (hasTrait(check, '$ZodCustomStringFormat')) return !zodsOwn.test(format);
  const pattern = def['pattern'];
  if (!isPattern(pattern) || decidedByCode.has(format)) return false;
  const zods = zodPattern(
    options === undefined ? format : `${format} ${JSON.stringify(options)}`,
    def,
    check,
  );
  return zods !== undefined && (zods.source !== pattern.source || zods.flags !== pattern.flags);
}

const zodPatterns = new WeakMap<object, Map<string, RegExp | undefined>>();

/** The pattern that the very same copy of Zod takes for a format with its options, both of which `key` says. */
function zodPattern(key: string, def: CheckDef, check: ZodCheck): RegExp | undefined {
  const Format = check._zod.constr;
  if (Format === undefined) return undefined;
  let patterns = zodPatterns.get(Format);
  if (patterns === undefined) zodPatterns.set(Format, (patterns = new Map<string, RegExp | undefined>()));
  if (!patterns.has(key)) patterns.set(key, makePattern(def, Format));
  return patterns.get(key);
}

function makePattern(def: CheckDef, Format: ZodSchema['_zod']['constr']): RegExp | undefined {
  try {
    const { pattern: _pattern, checks: _checks, ...rest } = def;
    const pattern = new Format(rest)._zod.def['pattern'];
    return isPattern(pattern) ? pattern : undefined;
  } catch {
    return undefined;
  }
}

function isPattern(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}
