import { INVALID, type Issue, type Validator } from '@sockeye/contract/wire';
import { bytes, date, url } from '@sockeye/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { disagreement } from './compare.ts';
import { compileSchemas } from './compile.ts';

type Direction = 'decode' | 'encode';

const withConstructorKey = Object.assign(Object.create(null) as object, { constructor: 'x' });
const optionalTag = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a').optional() })]);
const oneTag = z.discriminatedUnion('kind', [z.object({ kind: z.literal(null) })]);
const twice = z.xor([z.string().max(1), z.string().startsWith("'")]);

const optionalItems = z.tuple([z.int(), z.string().optional(), z.boolean().optional()]);
const members = [z.object({ kind: z.literal('a'), n: z.int() }), z.object({ kind: z.literal('b') })] as const;
const fallback = z.discriminatedUnion('kind', members, { unionFallback: true });

/** Where generated code once said something else than Zod, and one case for each kind that is easily got wrong. */
const cases: readonly (readonly [name: string, schema: z.ZodType, direction: Direction, value: unknown])[] = [
  ['an array that is over its bound stops before its items', z.array(z.int()).max(1), 'decode', ['a', 'b']],
  ['what refused one item says nothing of the next', z.array(z.ipv6()), 'encode', [1, 'x', 'y']],
  ['a codec that gave up in one item leaves the next alone', z.array(date()), 'decode', ['x', 'y']],
  ['a refused value does not hide a refused key', z.record(z.uuid(), z.string()), 'encode', { '123e4567-e89b-12d3-a456-426614174000': 0, x: 'y' }],
  ['too many bytes end all checks', z.array(bytes({ max: 2 })).length(2), 'decode', [new Uint8Array(3)]],
  ['too many bytes rule a member of a union out', z.union([z.ksuid(), bytes({ max: 2 })]), 'encode', new Uint8Array(3)],
  ['a discriminated union of one member is still one', oneTag, 'decode', { kind: 'zz' }],
  ['while encoding it is its member', oneTag, 'encode', {}],
  ['a tag that may be missing is missing', optionalTag, 'decode', {}],
  ['a tag that may be missing is undefined', optionalTag, 'decode', { kind: undefined }],
  ['a tag that may be missing is another', optionalTag, 'decode', { kind: 'zz' }],
  ['the name of a type is what the constructor says', z.string(), 'decode', withConstructorKey],
  ['a tuple with a rest may be short of items that take undefined', z.tuple([z.any()], z.string()), 'decode', []],
  ['without checks bytes may be anything, and a missing key is still missing', z.array(z.object({ a: bytes() })).min(1), 'encode', [{}]],
  ['what a pipe passes on has a variable of its own', z.array(z.pipe(z.object({ a: z.int() }), z.looseObject({ a: z.int() }))).length(1), 'encode', [{ a: 1, b: 2 }]],
  ['without checks two members of an exclusive union fit', z.array(twice).min(0), 'encode', ['a']],
  ['without checks a loose record converts every key', z.array(z.looseRecord(z.string().max(2), date())).min(1), 'encode', [{ abc: 'x' }]],
  ['keys of a record come in the order of its enum', z.record(z.enum(['b', 'a']), z.int()), 'decode', { a: 1, b: 2 }],
  ['an undeclared __proto__ is unknown', z.strictObject({ a: z.int() }), 'decode', JSON.parse('{"__proto__":1,"a":1}')],
  ['an undeclared __proto__ is not copied', z.looseObject({ a: z.int() }), 'decode', JSON.parse('{"__proto__":{"b":1},"a":1}')],
  ['a property may be called as what generated code uses', z.object({ input: z.int(), out: z.tuple([z.int()], z.int()), value: z.int(), if: z.int().optional() }), 'decode', { input: 1, out: [1, 2], value: 3, if: 4 }],
  ['length checks look at whatever has a length', z.string().min(5), 'decode', [1]],
  ['a text is measured in code points', z.string().min(2).max(3), 'decode', '😀😀😀'],
  ['a text with enough units may have too few code points', z.string().length(3), 'decode', '😀😀'],
  ['a key that a loose object must have is missing', z.object({ a: z.looseObject({ b: z.int() }) }), 'decode', { a: { c: 1 } }],
  ['a symbol is a key that a partial record of an enum does not know', z.partialRecord(z.enum(['a']), z.int()), 'decode', { a: 'x', [Symbol('s')]: 1 }],
  ['a lone surrogate is a code point', z.string().length(1), 'decode', '\ud800'],
  ['minus zero stays', z.array(z.number()), 'decode', [-0]],
  ['holes become undefined', z.array(z.any()), 'decode', new Array(2)],
  ['a required key that takes undefined has to be there', z.object({ a: z.any() }), 'decode', {}],
  ['a URL loses what its parser drops', url(), 'decode', ' https://exa\nmple.com '],
  ['a missing item ends a tuple', optionalItems, 'decode', [1]],
  ['an item that may be missing may be undefined', optionalItems, 'decode', [1, undefined, true]],
  ['a tuple may not be too short', optionalItems, 'decode', []],
  ['a tuple may not be too long', optionalItems, 'decode', [1, 'a', true, 1]],
  ['a tuple with optional items and a rest', z.tuple([z.int(), z.string().optional()], z.boolean()), 'decode', [1, 'a', true]],
  ['only one member of an exclusive union fits', z.xor([z.object({ a: z.int() }), z.object({ b: z.int() })]), 'decode', { a: 1, b: 'x' }],
  ['two members of an exclusive union fit', z.xor([z.object({ a: z.int() }), z.object({ b: z.int() })]), 'decode', { a: 1, b: 2 }],
  ['a loose record leaves other keys alone', z.looseRecord(z.string().regex(/^a/), z.int()), 'decode', { a: 1, b: 'x' }],
  ['a loose record checks its own keys', z.looseRecord(z.string().regex(/^a/), z.int()), 'decode', { a: 'x', b: 'x' }],
  ['a record of an enum wants every key', z.record(z.enum(['a', 'b']), z.int()), 'decode', { a: 1 }],
  ['a record of an enum knows no other key', z.record(z.enum(['a', 'b']), z.int()), 'decode', { a: 1, b: 2, c: 3 }],
  ['a partial record of an enum may lack keys', z.partialRecord(z.enum(['a', 'b']), z.int()), 'decode', { b: 2 }],
  ['a loose record of an enum keeps others', z.looseRecord(z.enum(['a']), z.int()), 'decode', { a: 1, z: {} }],
  ['what one strict side knows is known', z.intersection(z.strictObject({ a: z.int() }), z.strictObject({ b: z.int() })), 'decode', { a: 1, b: 2 }],
  ['what no strict side knows is unknown', z.intersection(z.strictObject({ a: z.int() }), z.strictObject({ b: z.int() })), 'decode', { a: 1, b: 2, c: 3 }],
  ['one strict side refuses no key', z.intersection(z.strictObject({ a: z.int() }), z.object({ b: z.int() })), 'decode', { a: 1, b: 2, c: 3 }],
  ['a fallback union names what its tag tells', fallback, 'decode', { kind: 'a', n: 'x' }],
  ['a fallback union tries every member', fallback, 'decode', { kind: 'c' }],
  ['a fallback union is of objects', fallback, 'decode', 1],
  ['a date out of range has no text', date(), 'encode', new Date(8.64e15)],
]; // prettier-ignore

describe('generated code says what Zod says', () => {
  let validators: readonly (Validator | undefined)[] = [];
  beforeAll(async () => {
    validators = await compileSchemas(cases.map(([, schema]) => schema));
  });

  test.each(
    cases.map(([name, schema, direction, value], index) => ({ name, schema, direction, value, index })),
  )('$name', ({ schema, direction, value, index }) => {
    expect(disagreement(schema, validators[index] as Validator, [direction, value])).toBeUndefined();
  });
});

describe('what Zod throws, or does not refuse, generated code refuses', () => {
  const tree: z.ZodType = z.object({ get children() { return z.array(tree); } }).meta({ id: 'Tree' }); // prettier-ignore
  let validators: readonly (Validator | undefined)[] = [];
  beforeAll(async () => {
    const trimmedKeys = z.record(z.string().trim(), z.number());
    validators = await compileSchemas([tree, z.object({ a: z.any() }), z.array(z.string()), trimmedKeys]);
  });

  const throwing = { get a(): never { throw new Error('no'); } }; // prettier-ignore
  const ring: { children: unknown[] } = { children: [] };
  ring.children.push(ring);
  const anyRing: { a?: unknown } = {};
  anyRing.a = anyRing;
  const nested = (depth: number): unknown =>
    depth === 0 ? { children: [] } : { children: [nested(depth - 1)] };
  const { proxy, revoke } = Proxy.revocable<unknown[]>([], {});
  revoke();

  test.each([
    ['a cycle through a recursive schema', 0, ring],
    ['a cycle through a value of any kind', 1, anyRing],
    ['more than 64 levels', 0, nested(40)],
    ['a getter that throws', 1, throwing],
    ['a revoked proxy', 2, proxy],
  ])('%s', (_name, index, value) => {
    for (const direction of ['decode', 'encode'] as const) {
      const issues: Issue[] = [];
      expect(validators[index]?.[direction](value)).toBe(INVALID);
      expect(validators[index]?.[direction](value, issues)).toBe(INVALID);
      expect(issues).toHaveLength(1);
    }
  });

  test('64 levels are accepted', () => {
    expect(validators[0]?.decode(nested(31))).toEqual(nested(31));
  });

  test('a getter validates other values while its own is being refused', () => {
    const [, , texts, records] = validators;
    const seen: unknown[] = [];
    const others: Issue[] = [];
    const value: unknown[] = [1];
    const get = () => {
      seen.push(texts?.decode(['x']), texts?.decode([2], others), records?.decode({ ' a ': 1 }));
      return 'y';
    };
    Object.defineProperty(value, 1, { get, enumerable: true });
    value[2] = 3;
    const issues: Issue[] = [];
    expect(texts?.encode(value, issues)).toBe(INVALID);
    expect(issues.map(({ path }) => path)).toEqual([[0], [2]]);
    expect(seen).toEqual([['x'], INVALID, { a: 1 }]);
    expect(others.map(({ path }) => path)).toEqual([[0]]);
    expect(texts?.encode(['x', 'y'])).toEqual(['x', 'y']);
  });

  test('a refusal names 32 issues at most', () => {
    const issues: Issue[] = [];
    validators[2]?.decode(new Array<number>(1_000).fill(1), issues);
    expect(issues).toHaveLength(32);
  });
});
