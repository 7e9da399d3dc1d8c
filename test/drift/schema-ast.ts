import { bigint, date } from '@sockeye/contract';
import * as z from 'zod';

/** A schema as data, so that it can be changed at random; {@link toZod} makes the schema. */
export type Ast =
  | {
      readonly t: 'string';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: number;
      readonly format?: number;
      readonly trim?: boolean;
      readonly starts?: boolean;
    }
  | {
      readonly t: 'number';
      readonly int?: boolean;
      readonly min?: number;
      readonly max?: number;
      readonly gt?: boolean;
      readonly step?: number;
    }
  | { readonly t: 'boolean' | 'null' | 'any' | 'date' | 'bigint' | 'stringbool' | 'tree' | 'forest' }
  | { readonly t: 'enum'; readonly values: readonly string[] }
  | { readonly t: 'literal'; readonly value: string | number | boolean }
  | { readonly t: 'template'; readonly parts: number }
  | {
      readonly t: 'object';
      readonly props: Readonly<Record<string, Ast>>;
      readonly keys: 'strip' | 'strict' | 'loose' | 'catchall';
    }
  | { readonly t: 'array'; readonly item: Ast; readonly min?: number; readonly max?: number }
  | { readonly t: 'tuple'; readonly items: readonly Ast[]; readonly rest?: Ast }
  | {
      readonly t: 'record';
      readonly key: 'text' | 'pattern' | readonly string[];
      readonly value: Ast;
      readonly mode: 'record' | 'partial' | 'loose';
    }
  | { readonly t: 'union'; readonly members: readonly Ast[]; readonly how: 'union' | 'xor' }
  | {
      readonly t: 'tagged';
      readonly members: Readonly<Record<string, Ast>>;
      readonly how: 'discriminated' | 'union';
    }
  | { readonly t: 'both'; readonly left: Ast; readonly right: Ast }
  | { readonly t: 'optional' | 'nullable' | 'readonly' | 'named'; readonly inner: Ast }
  | { readonly t: 'default' | 'catch'; readonly inner: Ast; readonly seed: number };

export const patterns = [/^[a-z]+$/, /^[a-z]+$/i, /^\d{2,4}$/, /^x-/, /^(?:ab|cd)e?$/] as const;
const formats = [
  () => z.email(),
  () => z.uuid(),
  () => z.iso.datetime(),
  () => z.iso.datetime({ offset: true }),
  () => z.iso.date(),
  () => z.ipv4(),
] as const;
const templates = [
  () => z.templateLiteral(['a', z.number()]),
  () => z.templateLiteral(['a', z.literal('1')]),
  () => z.templateLiteral(['b-', z.string()]),
] as const;

/** Samples of the formats, in their order. */
export const formatTexts = [
  'ada@example.org',
  '0b0e7b0a-3c2d-4e5f-8a9b-0c1d2e3f4a5b',
  '2026-11-21T08:00:00Z',
  '2026-11-21T08:00:00+01:00',
  '2026-11-21',
  '192.0.2.1',
] as const;

/** The Zod schema that an {@link Ast} describes. */
export function toZod(ast: Ast): z.ZodType {
  switch (ast.t) {
    case 'string':
      return stringSchema(ast);
    case 'number': {
      let schema: z.ZodNumber = ast.int ? z.int() : z.number();
      if (ast.min !== undefined) schema = ast.gt ? schema.gt(ast.min) : schema.min(ast.min);
      if (ast.max !== undefined) schema = schema.max(ast.max);
      return ast.step === undefined ? schema : schema.multipleOf(ast.step);
    }
    case 'boolean':
      return z.boolean();
    case 'null':
      return z.null();
    case 'any':
      return z.any();
    case 'date':
      return date();
    case 'bigint':
      return bigint();
    case 'stringbool':
      return z.stringbool();
    case 'tree': {
      const Tree = z
        .object({
          name: z.string(),
          get children() {
            return z.array(Tree);
          },
        })
        .meta({ id: 'Tree' });
      return Tree;
    }
    case 'forest': {
      const Tree = z
        .object({
          name: z.string().max(3),
          get children() {
            return z.array(z.union([Tree, z.null()]));
          },
        })
        .meta({ id: 'Tree' });
      return Tree;
    }
    case 'enum':
      return z.enum(ast.values as [string, ...string[]]);
    case 'literal':
      return z.literal(ast.value);
    case 'template':
      return (templates[ast.parts % templates.length] as () => z.ZodType)();
    case 'object':
      return objectSchema(ast);
    case 'array': {
      let schema = z.array(toZod(ast.item));
      if (ast.min !== undefined) schema = schema.min(ast.min);
      return ast.max === undefined ? schema : schema.max(ast.max);
    }
    case 'tuple': {
      const items = ast.items.map(toZod) as [z.ZodType, ...z.ZodType[]];
      return ast.rest ? z.tuple(items, toZod(ast.rest)) : z.tuple(items);
    }
    case 'record':
      return recordSchema(ast);
    case 'union': {
      const members = ast.members.map(toZod) as [z.ZodType, ...z.ZodType[]];
      return ast.how === 'xor' ? z.xor(members) : z.union(members);
    }
    case 'tagged': {
      const members = Object.entries(ast.members).map(([tag, value]) =>
        z.object({ kind: z.literal(tag), value: toZod(value) }),
      );
      return ast.how === 'discriminated'
        ? z.discriminatedUnion('kind', members as never)
        : z.union(members as never);
    }
    case 'both':
      return z.intersection(toZod(ast.left), toZod(ast.right));
    case 'optional':
      return toZod(ast.inner).optional();
    case 'nullable':
      return toZod(ast.inner).nullable();
    case 'readonly':
      return toZod(ast.inner).readonly();
    case 'named':
      return isNamed(ast.inner)
        ? toZod(ast.inner)
        : toZod(ast.inner).meta({ id: `Type${nameOf(ast.inner)}` });
    case 'default':
      return withValue(ast, (schema, value) => schema.default(value));
    case 'catch':
      return withValue(ast, (schema, value) => schema.catch(value));
    default:
      return ast satisfies never;
  }
}

function stringSchema(ast: Ast & { readonly t: 'string' }): z.ZodType {
  if (ast.format !== undefined) return (formats[ast.format % formats.length] as () => z.ZodType)();
  let schema = z.string();
  if (ast.trim) schema = schema.trim();
  if (ast.min !== undefined) schema = schema.min(ast.min);
  if (ast.max !== undefined) schema = schema.max(ast.max);
  if (ast.starts) schema = schema.startsWith('x');
  return ast.pattern === undefined ? schema : schema.regex(patterns[ast.pattern % patterns.length] as RegExp);
}

function objectSchema(ast: Ast & { readonly t: 'object' }): z.ZodType {
  const shape = Object.fromEntries(Object.entries(ast.props).map(([name, prop]) => [name, toZod(prop)]));
  switch (ast.keys) {
    case 'strict':
      return z.strictObject(shape);
    case 'loose':
      return z.looseObject(shape);
    case 'catchall':
      return z.object(shape).catchall(z.number());
    default:
      return z.object(shape);
  }
}

function recordSchema(ast: Ast & { readonly t: 'record' }): z.ZodType {
  const value = toZod(ast.value);
  const key =
    ast.key === 'text'
      ? z.string()
      : ast.key === 'pattern'
        ? z.string().regex(/^x/)
        : z.enum(ast.key as [string, ...string[]]);
  if (ast.mode === 'partial') return z.partialRecord(key, value);
  return ast.mode === 'loose' ? z.looseRecord(key, value) : z.record(key, value);
}

/** A default in application form, when the schema has one that JSON can write. */
function withValue(
  ast: Ast & { readonly t: 'default' | 'catch' },
  wrap: (schema: z.ZodType, value: never) => z.ZodType,
): z.ZodType {
  const schema = toZod(ast.inner);
  const candidates = ['d', 'e', 1, 2, true, null, {}, [], 'a', 'x-1', '2026-11-21T08:00:00Z'];
  for (let index = 0; index < candidates.length; index++) {
    const value = candidates[(index + ast.seed) % candidates.length];
    const reading = safely(() => schema.safeDecode(value as never));
    if (reading?.success && JSON.stringify(reading.data) === JSON.stringify(value))
      return wrap(schema, value as never);
  }
  return schema;
}

/** What a function returns, or `undefined` where it throws. */
export function safely<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** A recursive type has one name. */
function isNamed(ast: Ast): boolean {
  return ast.t === 'tree' || ast.t === 'forest' || (ast.t === 'named' && isNamed(ast.inner));
}

/** A name that follows from the meaning, so that equal names are equal types. */
function nameOf(ast: Ast): string {
  let hash = 7;
  for (const char of JSON.stringify(ast)) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36);
}
