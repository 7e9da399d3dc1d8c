import type { BigIntNode, DateNode, Json, NumberNode, TypeNode } from '../../model.ts';
import { quote } from '../literal.ts';
import { schemaType } from '../names.ts';
import { all, always, any, atom, equals, never, type Condition } from './condition.ts';
import { absence, isPlain } from './facts.ts';
import type { Place } from './place.ts';
import { textConditions } from './text-checks.ts';
import { sizeConstant, textConstant } from './text-schema.ts';

/** Up to this number of values are compared one by one; more are looked up in a set. */
const fewValues = 8;

/** When a value that stays as it is fits a schema. The schema must be plain in the direction of `place`. */
export function condition(node: TypeNode, value: string, place: Place): Condition {
  const { module } = place;
  switch (node.kind) {
    case 'string': {
      const known = node.checks?.length ? sizeConstant(node.checks, module) : undefined;
      if (known !== undefined) return atom(`${known}(${value})`);
      return all(typeIs(value, 'string'), textConditions(node, value, place));
    }
    case 'number':
      return numberCondition(node, value, place);
    case 'bigint':
      return all(
        typeIs(value, 'bigint'),
        ...(node.checks ?? []).map((check) => bigintCondition(check, value)),
      );
    case 'date':
      return dateCondition(node, value);
    case 'boolean':
      return typeIs(value, 'boolean');
    case 'null':
      return equals(value, 'null');
    case 'undefined':
      return equals(value, 'undefined');
    case 'any':
      return atom(`${module.use('shallow')}(${value}, ${place.depth()})`);
    case 'never':
      return never;
    case 'literal':
    case 'enum':
      return valueCondition(node.values, value, place);
    case 'template':
      return all(
        typeIs(value, 'string'),
        atom(`${module.expression(node.pattern, '', `${place.wanted} template`)}.test(${value})`),
      );
    case 'binary':
      return binaryCondition(node.max, value);
    case 'instance':
      return atom(`${value} instanceof ${node.className}`, `!(${value} instanceof ${node.className})`);
    case 'nullable':
      return any(equals(value, 'null'), condition(node.inner, value, place));
    case 'optional':
      if (node.exact && absence(node.inner, module.types) !== 'filled')
        return condition(node.inner, value, place);
      return node.exact
        ? condition(node.inner, value, place)
        : any(equals(value, 'undefined'), condition(node.inner, value, place));
    case 'nonoptional':
      return all(
        atom(`${value} !== undefined`, `${value} === undefined`),
        condition(node.inner, value, place),
      );
    case 'default':
    case 'catch':
    case 'readonly':
      return condition(node.inner, value, place);
    case 'pipe':
      return all(condition(node.in, value, place), condition(node.out, value, place));
    case 'union':
      return any(...node.members.map((member) => condition(member, value, place)));
    case 'ref':
      return refCondition(node.name, value, place);
    case 'object':
    case 'array':
    case 'tuple':
    case 'record':
    case 'map':
    case 'set':
    case 'intersection':
    case 'codec':
      throw new Error(`A value of kind ${node.kind} does not stay as it is.`);
    default:
      return node satisfies never;
  }
}

/** `typeof value === 'string'`, and its negation. */
export function typeIs(value: string, type: string): Condition {
  return equals(`typeof ${value}`, quote(type));
}

/** A JSON value as an expression that creates it. */
export function jsonText(value: Json | undefined): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => jsonText(item)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  const text = entries.map(
    ([key, item]) => `${key === '__proto__' ? "['__proto__']" : quote(key)}: ${jsonText(item)}`,
  );
  return text.length === 0 ? '{}' : `{ ${text.join(', ')} }`;
}

function refCondition(name: string, value: string, place: Place): Condition {
  const { module, direction } = place;
  const target = module.types[name];
  if (target === undefined) return never;
  const known = textConstant(target, module, name);
  if (known !== undefined) return atom(`${known}(${value})`);
  const both = isPlain(target, module.types, 'decode') && isPlain(target, module.types, 'encode');
  if (!both) return condition(target, value, { ...place, wanted: schemaType(name) });
  const deep = place.isDeep(target) ? `, ${place.depth()}` : '';
  return direction ? atom(`is${schemaType(name)}(${value}${deep})`) : never;
}

function valueCondition(
  values: readonly (string | number | boolean | null)[],
  value: string,
  { module, wanted }: Place,
): Condition {
  if (values.length <= fewValues) return any(...values.map((each) => equals(value, jsonText(each))));
  const set = module.constant(
    `/* @__PURE__ */ new Set<unknown>([${values.map((each) => jsonText(each)).join(', ')}])`,
    `${wanted} values`,
  );
  return atom(`${set}.has(${value})`);
}

function numberCondition(node: NumberNode, value: string, { module }: Place): Condition {
  const checks = node.checks ?? [];
  const whole = checks.some((check) => check.check === 'format' && /int/.test(check.format));
  return all(
    atom(`Number.${whole ? 'isSafeInteger' : 'isFinite'}(${value})`),
    ...checks.map((check) => {
      const number = `(${value} as number)`;
      switch (check.check) {
        case 'min':
          return check.exclusive
            ? atom(`${number} > ${jsonText(check.value)}`, `${number} <= ${jsonText(check.value)}`)
            : atom(`${number} >= ${jsonText(check.value)}`, `${number} < ${jsonText(check.value)}`);
        case 'max':
          return check.exclusive
            ? atom(`${number} < ${jsonText(check.value)}`, `${number} >= ${jsonText(check.value)}`)
            : atom(`${number} <= ${jsonText(check.value)}`, `${number} > ${jsonText(check.value)}`);
        case 'multiple-of':
          return atom(`${module.use('isMultiple')}(${number}, ${jsonText(check.value)})`);
        case 'format': {
          const range = numberRanges[check.format];
          if (range === undefined) return always;
          const [low, high] = range;
          return all(
            atom(`${number} >= ${low}`, `${number} < ${low}`),
            atom(`${number} <= ${high}`, `${number} > ${high}`),
          );
        }
        default:
          return check satisfies never;
      }
    }),
  );
}

/** Bounds of Zod's number formats; the others are bounded by what a finite number or a safe integer is. */
export const numberRanges: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
};

type BigIntCheck = NonNullable<BigIntNode['checks']>[number];

function bigintCondition(check: BigIntCheck, value: string): Condition {
  const bigint = `(${value} as bigint)`;
  switch (check.check) {
    case 'min':
      return check.exclusive
        ? atom(`${bigint} > ${check.value}n`, `${bigint} <= ${check.value}n`)
        : atom(`${bigint} >= ${check.value}n`, `${bigint} < ${check.value}n`);
    case 'max':
      return check.exclusive
        ? atom(`${bigint} < ${check.value}n`, `${bigint} >= ${check.value}n`)
        : atom(`${bigint} <= ${check.value}n`, `${bigint} > ${check.value}n`);
    case 'multiple-of':
      return check.value === '0' ? never : equals(`${bigint} % ${check.value}n`, '0n');
    case 'format': {
      const [low, high] = bigintRanges[check.value] ?? ['0', '0'];
      return all(
        atom(`${bigint} >= ${low}n`, `${bigint} < ${low}n`),
        atom(`${bigint} <= ${high}n`, `${bigint} > ${high}n`),
      );
    }
    default:
      return check.check satisfies never;
  }
}

/** Bounds of Zod's bigint formats, as decimal text. */
export const bigintRanges: Readonly<Record<string, readonly [string, string]>> = {
  int64: ['-9223372036854775808', '9223372036854775807'],
  uint64: ['0', '18446744073709551615'],
};

function dateCondition(node: DateNode, value: string): Condition {
  return all(atom(`${value} instanceof Date`, `!(${value} instanceof Date)`), dateChecks(node, value));
}

/** When a `Date` fits a schema of dates: it is a time, and within bounds. */
export function dateChecks(node: DateNode, value: string): Condition {
  const time = `${value}.getTime()`;
  return all(
    atom(`!Number.isNaN(${time})`, `Number.isNaN(${time})`),
    ...(node.checks ?? []).map((check) => {
      const bound = String(Date.parse(check.value));
      const [yes, no] =
        check.check === 'min'
          ? check.exclusive
            ? ['>', '<=']
            : ['>=', '<']
          : check.exclusive
            ? ['<', '>=']
            : ['<=', '>'];
      return atom(`${time} ${yes} ${bound}`, `${time} ${no} ${bound}`);
    }),
  );
}

function binaryCondition(max: number | undefined, value: string): Condition {
  const type = any(
    atom(`${value} instanceof Uint8Array`, `!(${value} instanceof Uint8Array)`),
    atom(`${value} instanceof ArrayBuffer`, `!(${value} instanceof ArrayBuffer)`),
  );
  return max === undefined
    ? type
    : all(type, atom(`${value}.byteLength <= ${max}`, `${value}.byteLength > ${max}`));
}
