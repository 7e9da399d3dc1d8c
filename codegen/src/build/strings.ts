import type { Json, StringCheck, TypeNode } from '../model.ts';
import { overwriteOf, type Overwrite } from './overwrites.ts';
import type { Site } from './site.ts';
import type { CheckDef, ZodCheck, ZodSchema } from './zod.ts';
import { hasTrait } from './zod.ts';

/** `z.string()` and every string format. */
export function stringNode(): TypeNode {
  return { kind: 'string' };
}

/** `z.templateLiteral([...])`. */
export function templateNode(schema: ZodSchema, site: Site): TypeNode {
  const parts: (string | TypeNode)[] = [];
  for (const [index, part] of (schema._zod.def['parts'] as readonly Part[]).entries()) {
    const last = parts.at(-1);
    if (typeof part === 'object' && part !== null) parts.push(site.node(part, `[${index}]`));
    else if (typeof last === 'string') parts[parts.length - 1] = last + String(part);
    else parts.push(String(part));
  }
  return { kind: 'template', parts, pattern: templatePattern(schema) };
}

type Part = ZodSchema | string | number | bigint | boolean | null | undefined;

/** Zod's expression for a template; "any text" is written in one way, where versions of Zod differ. */
function templatePattern(schema: ZodSchema): string {
  return (schema._zod.pattern?.source ?? '').replaceAll(String.raw`[\s\S]{0,}`, String.raw`[\s\S]*`);
}

/** The model's form of a string check, or `undefined` where only Zod can run it. */
export function stringCheck(def: CheckDef, check: ZodCheck): StringCheck | undefined {
  switch (def.check) {
    case 'min_length':
      return { check: 'min-length', value: def['minimum'] as number };
    case 'max_length':
      return { check: 'max-length', value: def['maximum'] as number };
    case 'length_equals':
      return { check: 'length', value: def['length'] as number };
    case 'overwrite':
      return overwriteOf(def['tx'] as Overwrite);
    case 'string_format':
      return formatCheck(def, check);
    default:
      return undefined;
  }
}

function formatCheck(def: CheckDef, check: ZodCheck): StringCheck {
  const format = String(def['format']);
  switch (format) {
    case 'regex':
      return { check: 'pattern', ...patternOf(def['pattern']) } as StringCheck;
    case 'starts_with':
      return { check: 'starts-with', value: def['prefix'] as string };
    case 'ends_with':
      return { check: 'ends-with', value: def['suffix'] as string };
    case 'includes':
      return {
        check: 'includes',
        value: def['includes'] as string,
        ...(typeof def['position'] === 'number' ? { position: def['position'] } : {}),
      };
    default: {
      const options = optionsOf(def);
      return {
        check: 'format',
        format,
        ...(decidedByCode.has(format) || hasFunction(def) ? {} : patternOf(def['pattern'])),
        ...(isCustom(format, def, check) ? { custom: true } : {}),
        ...(options === undefined ? {} : { options }),
      };
    }
  }
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

function patternOf(pattern: unknown): { readonly pattern?: string; readonly flags?: string } {
  if (!isPattern(pattern)) return {};
  return { pattern: pattern.source, ...(pattern.flags === '' ? {} : { flags: pattern.flags }) };
}

/** `z.stringFormat(name, (text) => boolean)`: the pattern, if any, does not decide. */
function hasFunction(def: CheckDef): boolean {
  return typeof def['fn'] === 'function' && !isPattern(def['pattern']);
}

/** Whether the contract brings the pattern or the function itself, instead of taking Zod's. */
function isCustom(format: string, def: CheckDef, check: ZodCheck): boolean {
  if (hasTrait(check, '$ZodCustomStringFormat')) return !zodsOwn.test(format);
  const pattern = def['pattern'];
  if (!isPattern(pattern) || decidedByCode.has(format)) return false;
  const zods = zodPattern(format, def, check);
  return zods !== undefined && (zods.source !== pattern.source || zods.flags !== pattern.flags);
}

const zodPatterns = new WeakMap<object, Map<string, RegExp | undefined>>();

/** The pattern that the very same copy of Zod takes for a format with these options. */
function zodPattern(format: string, def: CheckDef, check: ZodCheck): RegExp | undefined {
  const Format = check._zod.constr;
  if (Format === undefined) return undefined;
  const key = `${format}${JSON.stringify(optionsOf(def) ?? {})}`;
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
