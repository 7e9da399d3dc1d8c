import { bigint, bytes, date, map, set, url } from '@sockeye/contract';
import * as z from 'zod';
import type { FormatName, NumberRule, Spec, TextCheck } from './grammar.ts';

let named = 0;

/** Patterns that checks draw from. */
export const patterns = [
  /^[A-Za-z0-9_-]+$/,
  /^[0-9a-f]{4}$/,
  /b/i,
  /^.{2,}$/u,
  /a/g,
  /a/y,
  /^(?:x|yy)*$/,
  /^[^\d]*$/m,
] as const;

/** The Zod schema of a spec. */
export function toZod(spec: Spec): z.ZodType {
  switch (spec.k) {
    case 'string':
      return withChecks(z.string(), spec.checks);
    case 'format':
      return withChecks(formatSchemas[spec.format]() as unknown as z.ZodString, spec.checks);
    case 'number':
      return spec.checks.reduce(numberRule, z[spec.type]());
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'any':
    case 'unknown':
    case 'never':
      return z[spec.k]();
    case 'date':
      return date();
    case 'bigint':
      return bigint();
    case 'url':
      return url();
    case 'bytes':
      return bytes();
    case 'smallBytes':
      return bytes({ max: 2 });
    case 'stringbool':
      return z.stringbool();
    case 'strictBool':
      return z.stringbool({ truthy: ['Y', 'yes'], falsy: ['N'], case: 'sensitive' });
    case 'literal':
      return z.literal(spec.values as [string]);
    case 'enum':
      return z.enum(spec.values as [string]);
    case 'template':
      return templates[spec.variant]?.() ?? z.string();
    case 'object':
      return objectOf(spec.shape, spec.others);
    case 'array':
      return spec.sizes.reduce((schema, [check, size]) => schema[check](size), z.array(toZod(spec.item)));
    case 'tuple': {
      const items = spec.items.map(toZod) as [z.ZodType];
      return spec.rest ? z.tuple(items, toZod(spec.rest)) : z.tuple(items);
    }
    case 'record': {
      const make = { record: z.record, partial: z.partialRecord, loose: z.looseRecord }[spec.mode];
      return make(recordKeys[spec.key]() as never, toZod(spec.value));
    }
    case 'union':
      return z.union(spec.members.map(toZod) as [z.ZodType]);
    case 'xor':
      return z.xor(spec.members.map(toZod) as [z.ZodType]);
    case 'tagged':
      return tagged(spec);
    case 'intersection':
      return z.intersection(toZod(spec.left), toZod(spec.right));
    case 'nullable':
      return z.nullable(toZod(spec.inner));
    case 'optional':
      return z.optional(toZod(spec.inner));
    case 'exactOptional':
      return z.exactOptional(toZod(spec.inner));
    case 'nullish':
      return z.nullish(toZod(spec.inner));
    case 'nonoptional':
      return z.nonoptional(toZod(spec.inner));
    case 'readonly':
      return z.readonly(toZod(spec.inner));
    case 'set':
      return set(toZod(spec.inner));
    case 'map':
      return map(toZod(spec.key), toZod(spec.value));
    case 'named':
      return toZod(spec.inner).meta({ id: `Named${++named}` });
    case 'default':
      return toZod(spec.inner).default(structuredClone(spec.value) as never);
    case 'prefault':
      return toZod(spec.inner).prefault(structuredClone(spec.value) as never);
    case 'catch':
      return toZod(spec.inner).catch(structuredClone(spec.value) as never);
    case 'pipe':
      return toZod(spec.from).pipe(toZod(spec.to) as never);
    case 'tree':
      return tree(toZod(spec.item), spec.variant);
    default:
      return spec satisfies never;
  }
}

function objectOf(
  shape: readonly (readonly [string, Spec])[],
  others: 'strip' | 'strict' | 'loose' | Spec,
): z.ZodObject {
  const made = shapeOf(shape);
  if (others === 'strict') return z.strictObject(made);
  if (others === 'loose') return z.looseObject(made);
  return others === 'strip' ? z.object(made) : z.object(made).catchall(toZod(others));
}

function shapeOf(shape: readonly (readonly [string, Spec])[]): Record<string, z.ZodType> {
  const made: Record<string, z.ZodType> = {};
  for (const [key, spec] of shape) {
    Object.defineProperty(made, key, {
      value: toZod(spec),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return made;
}

function tagged({ members, optionalTag, fallback }: Extract<Spec, { k: 'tagged' }>): z.ZodType {
  const options = members.map(({ tags, shape, strict, named: isNamed }, index) => {
    const literal = z.literal(tags as [string]);
    const tag = optionalTag && index === 0 ? literal.optional() : literal;
    const all = { ...shapeOf(shape.filter(([key]) => key !== 'kind' && key !== '__proto__')), kind: tag };
    const option = strict ? z.strictObject(all) : z.object(all);
    return isNamed ? option.meta({ id: `Named${++named}` }) : option;
  });
  return z.discriminatedUnion('kind', options as never, fallback ? { unionFallback: true } : {});
}

function tree(item: z.ZodType, variant: number): z.ZodType {
  const id = `Tree${++named}`;
  if (variant === 1) {
    const Tree: z.ZodType = z
      .object({
        value: item,
        get left() {
          return Tree.nullable();
        },
        get right() {
          return Tree.optional();
        },
      })
      .meta({ id });
    return Tree;
  }
  if (variant === 2) {
    const Tree: z.ZodType = z.lazy(() => z.union([item, z.array(Tree)])).meta({ id });
    return Tree;
  }
  if (variant === 3) {
    const Tree: z.ZodType = z
      .strictObject({
        value: item.optional(),
        get next() {
          return z.record(z.string(), Tree).optional();
        },
      })
      .meta({ id });
    return Tree;
  }
  const Tree: z.ZodType = z
    .object({
      value: item,
      get children() {
        return z.array(Tree);
      },
    })
    .meta({ id });
  return Tree;
}

function withChecks(schema: z.ZodString, checks: readonly TextCheck[]): z.ZodType {
  return checks.reduce((made, [check, value]) => {
    switch (check) {
      case 'regex':
        return made.regex(patterns[value] as RegExp);
      case 'nfc':
        return made.normalize();
      case 'includesLate':
        return made.includes(value, { position: 1 });
      default:
        return (made[check] as (value: unknown) => z.ZodString).call(made, value);
    }
  }, schema);
}

function numberRule(schema: z.ZodNumber, [check, value]: NumberRule): z.ZodNumber {
  return schema[check](value);
}

const recordKeys = {
  string: () => z.string(),
  short: () => z.string().max(2),
  pattern: () => z.string().regex(/^[a-z]/),
  uuid: () => z.uuid(),
  enum: () => z.enum(['b', 'a', '__proto__']),
  number: () => z.number(),
  digits: () => z.literal([1, 'a']),
  trimmed: () => z.string().trim(),
  named: () => z.string().meta({ id: `Key${++named}` }),
};

const templates = [
  () => z.templateLiteral(['v', z.int()]),
  () => z.templateLiteral([z.string(), '@', z.enum(['a', 'b'])]),
  () => z.templateLiteral([z.number(), 'px']),
  () => z.templateLiteral(['a/', z.string().min(2).max(3)]),
];

const formatSchemas: Record<FormatName, () => z.ZodType> = {
  email: () => z.email(),
  uuid: () => z.uuid(),
  uuidv4: () => z.uuidv4(),
  guid: () => z.guid(),
  url: () => z.url(),
  httpUrl: () => z.httpUrl(),
  hostUrl: () => z.url({ hostname: /^example\.com$/, protocol: /^https$/ }),
  normalizedUrl: () => z.url({ normalize: true }),
  emoji: () => z.emoji(),
  nanoid: () => z.nanoid(),
  cuid: () => z.cuid(),
  cuid2: () => z.cuid2(),
  ulid: () => z.ulid(),
  xid: () => z.xid(),
  ksuid: () => z.ksuid(),
  datetime: () => z.iso.datetime(),
  datetimeOffset: () => z.iso.datetime({ offset: true }),
  datetimeLocal: () => z.iso.datetime({ local: true }),
  datetimePrecise: () => z.iso.datetime({ precision: 3 }),
  date: () => z.iso.date(),
  time: () => z.iso.time(),
  duration: () => z.iso.duration(),
  ipv4: () => z.ipv4(),
  ipv6: () => z.ipv6(),
  mac: () => z.mac(),
  cidrv4: () => z.cidrv4(),
  cidrv6: () => z.cidrv6(),
  base64: () => z.base64(),
  base64url: () => z.base64url(),
  e164: () => z.e164(),
  jwt: () => z.jwt(),
  jwtRs: () => z.jwt({ alg: 'RS256' }),
  hostname: () => z.hostname(),
  hex: () => z.hex(),
  sha256: () => z.hash('sha256'),
  creditCard: () => z.creditCard(),
  iban: () => z.iban(),
  currencyCode: () => z.currencyCode(),
};
