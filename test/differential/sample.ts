import { formatSamples } from './format-samples.ts';
import type { RecordKey, Spec, TextCheck } from './grammar.ts';

/** A stream of random numbers from 0 to 1. */
export type Random = () => number;

/** Mulberry32, a small generator that is the same on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A value in wire form: likely valid, sometimes nearly so, sometimes hostile. `wild`: how often, from 0 to 1. */
export function sample(spec: Spec, random: Random, wild: number): unknown {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const chance = (probability: number) => random() < probability;
  const next = (inner: Spec) => sample(inner, random, wild);
  if (chance(wild)) return hostile(random);
  switch (spec.k) {
    case 'string':
      return textFor(spec.checks, random);
    case 'format':
      return chance(wild) ? pick(texts) : pick(formatSamples[spec.format]);
    case 'number':
      return pick(numbers);
    case 'boolean':
      return chance(0.5);
    case 'null':
      return null;
    case 'undefined':
      return undefined;
    case 'any':
    case 'unknown':
      return hostile(random);
    case 'never':
      return pick([undefined, null, 1]);
    case 'date':
      return pick([...formatSamples.datetime, ...formatSamples.datetimeOffset]);
    case 'bigint':
      return pick([
        '0',
        '-1',
        '123456789012345678901234567890',
        '01',
        '-0',
        '1n',
        '',
        ' 1',
        '9'.repeat(1001),
      ]);
    case 'url':
      return pick(formatSamples.url);
    case 'bytes':
    case 'smallBytes':
      return pick([
        new Uint8Array([1, 2]),
        new Uint8Array(3),
        new ArrayBuffer(2),
        Buffer.from('ab'),
        new ArrayBuffer(9),
      ]);
    case 'stringbool':
    case 'strictBool':
      return pick(['true', 'FALSE', '1', '0', 'yes', 'Y', 'N', 'n', 'no', 'maybe']);
    case 'literal':
    case 'enum':
      return pick([...spec.values, ...spec.values, 'zz']);
    case 'template':
      return pick([
        'v1',
        'v-1',
        'v1.5',
        'x@a',
        '@b',
        'a@c',
        '1px',
        '1.5px',
        'px',
        'a/xx',
        'a/x',
        'a/xxxx',
        'a/😀😀',
      ]);
    case 'object':
      return objectFor(spec.shape, [random, wild, typeof spec.others === 'object' ? spec.others : undefined]);
    case 'array':
      return arrayFor(spec.item, [random, wild]);
    case 'tuple': {
      const items: unknown[] = spec.items.map(next);
      if (spec.rest && chance(0.6)) items.push(next(spec.rest), next(spec.rest));
      if (chance(0.25)) items.length = Math.max(0, items.length - 1 - Math.floor(random() * 2));
      if (chance(wild)) items.push(1);
      return items;
    }
    case 'record':
      return recordFor(spec, [random, wild]);
    case 'union':
    case 'xor':
      return next(pick(spec.members));
    case 'tagged': {
      const member = pick(spec.members);
      const made = objectFor(member.shape, [random, wild, undefined]);
      if (chance(0.9) && typeof made === 'object' && made !== null)
        Reflect.set(made, 'kind', chance(wild) ? pick(['zz', 9, undefined]) : pick(member.tags));
      return made;
    }
    case 'intersection': {
      const [left, right] = [next(spec.left), next(spec.right)];
      return isPlain(left) && isPlain(right) ? joined(left, right) : pick([left, right]);
    }
    case 'nullable':
      return chance(0.3) ? null : next(spec.inner);
    case 'optional':
    case 'exactOptional':
    case 'default':
    case 'prefault':
      return chance(0.3) ? undefined : next(spec.inner);
    case 'nullish':
      return chance(0.3) ? pick([null, undefined]) : next(spec.inner);
    case 'catch':
    case 'nonoptional':
    case 'readonly':
    case 'named':
      return next(spec.inner);
    case 'set':
      return arrayFor(spec.inner, [random, wild]);
    case 'map':
      return arrayFor({ k: 'tuple', items: [spec.key, spec.value], rest: null }, [random, wild]);
    case 'pipe':
      return next(spec.from);
    case 'tree':
      return treeFor(spec, [random, wild, 3]);
    default:
      return spec satisfies never;
  }
}

function treeFor(
  spec: Extract<Spec, { k: 'tree' }>,
  [random, wild, depth]: readonly [Random, number, number],
): unknown {
  if (random() < wild) return hostile(random);
  const below = () => treeFor(spec, [random, wild, depth - 1]);
  const value = sample(spec.item, random, wild);
  const more = depth > 0 && random() < 0.6;
  switch (spec.variant) {
    case 1:
      return { value, left: more ? below() : null, ...(more && random() < 0.5 ? { right: below() } : {}) };
    case 2:
      return more ? [below(), below()] : value;
    case 3:
      return { ...(random() < 0.5 ? { value } : {}), ...(more ? { next: { a: below() } } : {}) };
    default:
      return { value, children: more ? [below(), below()] : [] };
  }
}

function objectFor(
  shape: readonly (readonly [string, Spec])[],
  [random, wild, others]: readonly [Random, number, Spec | undefined],
): unknown {
  const made: Record<string, unknown> =
    random() < wild ? (Object.create(null) as Record<string, unknown>) : {};
  const entries = random() < 0.2 ? [...shape].reverse() : shape;
  for (const [key, spec] of entries) {
    if (random() < wild) continue;
    const value = sample(spec, random, wild);
    if (value === undefined && random() < 0.7) continue;
    define(made, key, value, random() < wild ? 'getter' : 'value');
  }
  if (others && random() < 0.5) define(made, 'extra', sample(others, random, wild), 'value');
  if (random() < wild * 2) decorate(made, random);
  return random() < wild ? disguised(made, random) : made;
}

function arrayFor(item: Spec, [random, wild]: readonly [Random, number]): unknown {
  const length = Math.floor(random() * 4);
  const made = Array.from({ length }, () => sample(item, random, wild));
  if (random() < wild) made.length += 2;
  if (random() < wild) Object.assign(made, { extra: 1 });
  return made;
}

function recordFor(spec: Extract<Spec, { k: 'record' }>, [random, wild]: readonly [Random, number]): unknown {
  const made: Record<string, unknown> = {};
  for (const key of recordKeySamples[spec.key]) {
    if (random() < (spec.key === 'enum' ? 0.8 : 0.4))
      define(made, key, sample(spec.value, random, wild), 'value');
  }
  if (random() < wild) decorate(made, random);
  return random() < wild ? disguised(made, random) : made;
}

/** Adds what does not belong. */
function decorate(made: object, random: Random): void {
  const extras: readonly (() => void)[] = [
    () => define(made, '__proto__', { a: 1 }, 'value'),
    () => define(made, 'extra', 1, 'value'),
    () => define(made, 'zzz', undefined, 'value'),
    () => Reflect.set(made, Symbol.for('s'), 1),
    () => define(made, '7', 'x', 'getter'),
    () => Object.defineProperty(made, 'hidden', { value: 1, enumerable: false }),
    () => define(made, 'constructor', 'x', 'value'),
  ];
  extras[Math.floor(random() * extras.length)]?.();
}

class Model {
  readonly inherited = 1;
  get computed(): string {
    return 'x';
  }
}

/** The same fields in another kind of object. */
function disguised(made: object, random: Random): unknown {
  const disguises: readonly (() => unknown)[] = [
    () => carrying(new Model(), made),
    () => Object.create(made) as unknown,
    () => new Proxy(made, {}),
    () => Object.freeze(made),
    () => carrying([], made),
    () => carrying(() => 1, made),
    () => Object.entries(made),
  ];
  return disguises[Math.floor(random() * disguises.length)]?.();
}

/** Another object with the same fields, where it can have them: `name` of a function cannot be assigned, only defined. */
function carrying(target: object, made: object): object {
  for (const [key, value] of Object.entries(made)) {
    if (key !== 'length' || !Array.isArray(target)) define(target, key, value, 'value');
  }
  return target;
}

function define(target: object, key: string, value: unknown, how: 'value' | 'getter'): void {
  const common = { enumerable: true, configurable: true };
  Object.defineProperty(
    target,
    key,
    how === 'value' ? { ...common, value, writable: true } : { ...common, get: () => value },
  );
}

/** Fields of both, those of the second where both have them. */
function joined(left: object, right: object): object {
  return Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(left), ...Object.getOwnPropertyDescriptors(right) },
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A value that nobody asked for. */
export function hostile(random: Random): unknown {
  return hostiles[Math.floor(random() * hostiles.length)]?.();
}

const hostiles: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => true,
  () => '',
  () => 'a',
  () => 0,
  () => -0,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 1e21,
  () => 10n,
  () => Symbol('s'),
  () => [],
  () => {
    const sparse: unknown[] = [];
    sparse[2] = 'a';
    return sparse;
  },
  () => ({}),
  () => ({ a: 1 }),
  () => JSON.parse('{"__proto__":{"a":1},"a":"b"}') as unknown,
  () => ({ length: 1 }),
  () => new Date(0),
  () => new Date(Number.NaN),
  () => new Date(8.64e15),
  () => new Map([['a', 1]]),
  () => new Set(['a']),
  () => new URL('https://example.com/x'),
  () => new Uint8Array([1, 2, 3]),
  () => () => 1,
  () => '\ud800',
  () => 'x'.repeat(100_000),
  () => '😀'.repeat(4),
  () => ({
    get a(): never {
      throw new Error('no');
    },
  }),
  () =>
    new Proxy(
      {},
      {
        get() {
          throw new Error('no');
        },
      },
    ),
  () => Object.create(null) as unknown,
  () => new (class Custom {})(),
  () => Object.assign(Object.create({ a: 'x', kind: 'a' }) as object, { b: 1 }),
  () => new Array(3),
  () => [[[[]]]],
  () => new String('a'),
  () => new Number(1),
];

const texts = [
  '',
  'a',
  'ab',
  'abc',
  'A',
  ' a ',
  'B',
  '\ud800',
  '😀',
  '😀😀',
  'x😀',
  'aaaa',
  '0f0f',
  'a\n',
  'a\u2028',
  'e\u0301',
  'İ',
  'ß',
  'xyy',
  '__proto__',
  'x'.repeat(41),
] as const;

const numbers = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  0.1,
  0.3,
  2.03,
  0.07,
  10,
  1.5,
  1e21,
  -1e21,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  9007199254740991,
  3.5e38,
  -3.5e38,
  1e308,
] as const;

function textFor(checks: readonly TextCheck[], random: Random): string {
  let made = texts[Math.floor(random() * texts.length)] as string;
  for (const [check, value] of checks) {
    if (random() < 0.3) continue;
    if (check === 'startsWith') made = value + made;
    else if (check === 'endsWith' || check === 'includes' || check === 'includesLate') made += value;
    else if ((check === 'min' || check === 'length') && made.length < value)
      made = made.padEnd(value, random() < 0.5 ? 'a' : '😀');
    else if ((check === 'max' || check === 'length') && made.length > value) made = made.slice(0, value);
  }
  return made;
}

const recordKeySamples: Record<RecordKey, readonly string[]> = {
  string: ['a', 'b', '1', '__proto__', 'constructor'],
  short: ['a', 'ab', 'abc', '😀😀'],
  pattern: ['a', 'bb', '1', 'A', 'constructor'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', 'x'],
  enum: ['a', 'b', '__proto__', 'c'],
  number: ['1', '-1.5', 'a', '01', '1e3'],
  digits: ['1', 'a', '2', 'b'],
  trimmed: [' a', 'a ', 'b', ' __proto__'],
  named: ['a', '__proto__', '0'],
};
