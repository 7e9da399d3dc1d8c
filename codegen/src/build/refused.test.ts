import { date, map, namedCodec } from '@sockeye/contract';
import { expect, test } from 'vitest';
import * as z from 'zod';
import * as m from 'zod/mini';
import { build } from './nodes.suite.ts';

class Point {
  readonly x = 1;
}

const both = { decode: (value: string) => value as never, encode: (value: unknown) => String(value) };
const broken = z.object({
  get a(): z.ZodType {
    throw new ReferenceError("Cannot access 'Later' before initialization");
  },
});
const endless = (): z.ZodType =>
  z.object({
    get next() {
      return endless();
    },
  });
const endlessNamed = (): z.ZodType =>
  z
    .object({
      get left() {
        return endlessNamed();
      },
      get right() {
        return endlessNamed();
      },
    })
    .meta({ id: 'Endless' });
const unnamed: z.ZodType = z.object({
  get children() {
    return z.array(unnamed);
  },
});

/** Name, schema, and `id @ path: hint` of the only finding, where the hint is a part of it. */
const rows: readonly (readonly [name: string, schema: unknown, id: string, path: string, hint: string])[] = [
  ['date', z.object({ at: z.date() }), 'needs-codec', 'at', 'date()'],
  ['bigint', z.array(z.bigint()), 'needs-codec', '[]', 'bigint()'],
  ['int64', z.int64(), 'needs-codec', '', 'bigint()'],
  ['map', z.map(z.string(), z.int()), 'needs-codec', '', 'map(key, value)'],
  ['set', z.set(z.int()), 'needs-codec', '', 'set(value)'],
  ['date in a map()', map(z.string(), z.date()), 'needs-codec', '[] [1]', 'date()'],
  [
    'date on the wire of a codec',
    namedCodec('x@1', z.codec(z.date(), z.string(), both as never)),
    'needs-codec',
    '(wire)',
    'date()',
  ],
  ['instanceof URL', z.instanceof(URL), 'needs-codec', '', 'url()'],
  ['instanceof Uint8Array', m.instanceof(Uint8Array), 'needs-codec', '', 'bytes()'],
  ['instanceof of a class', z.instanceof(Point), 'needs-codec', '', "namedCodec('point@1'"],
  ['transform', z.string().transform(Number), 'one-way-transform', '', 'date(), bigint()'],
  ['bare transform', z.transform(Number), 'one-way-transform', '', 'namedCodec'],
  ['preprocess', z.preprocess(Number, z.number()), 'one-way-transform', '', 'namedCodec'],
  ['success', z.success(z.string()), 'one-way-transform', '', 'z.boolean()'],
  ['coerce number', z.object({ n: z.coerce.number() }), 'coercion', 'n', 'z.number()'],
  ['coerce date', m.coerce.date(), 'coercion', '', 'date()'],
  ['nan', z.nan(), 'not-on-the-wire', '', 'null'],
  ['file', z.file(), 'not-on-the-wire', '', 'bytes()'],
  ['symbol', z.symbol(), 'not-on-the-wire', '', 'z.literal()'],
  ['function', z.function(), 'not-on-the-wire', '', 'ack'],
  ['promise', z.promise(z.string()), 'not-on-the-wire', '', 'resolved'],
  ['custom', z.custom<string>(), 'custom-type', '', 'namedCodec'],
  ['custom in a record', z.record(z.string(), z.custom<string>()), 'custom-type', '{}', 'namedCodec'],
  ['literal bigint', z.literal(1n), 'literal-not-json', '', 'finite'],
  ['literal undefined', z.literal(['a', undefined]), 'literal-not-json', '', '.optional()'],
  ['record by boolean', z.record(z.boolean() as never, z.int()), 'record-key', '', 'map()'],
  ['record by date', z.record(date() as never, z.int()), 'record-key', '', 'map()'],
  ['recursion without an id', unnamed, 'recursive-without-id', 'children []', ".meta({ id: 'Category' })"],
  ['recursion that never ends', endless(), 'schema-too-deep', 'next '.repeat(100).trim(), 'constant'],
  ['a broken getter', z.object({ b: broken }), 'broken-schema', 'b', 'z.lazy()'],
  ['a broken lazy', z.union([z.string(), z.lazy(() => undefined as never)]), 'not-a-schema', '|1', 'Zod 4.5'],
  ['a symbol as a key', z.object({ [Symbol('s')]: z.string() }), 'symbol-key', '', 'string'],
  ['__proto__', z.object({ ['__proto__']: z.string() }), 'proto-key', '', 'Rename'],
  ['an id with a hyphen', z.int().meta({ id: 'task-id' }), 'invalid-type-id', '', 'letters'],
  ['an id that is a keyword', z.int().meta({ id: 'string' }), 'invalid-type-id', '', 'letters'],
  ['Zod 3', { _def: {} }, 'not-a-schema', '', 'Zod 4.5'],
  ['no schema', 'text', 'not-a-schema', '', 'Zod 4.5'],
  [
    'a homemade kind',
    { _zod: { def: { type: 'matrix' }, traits: new Set(), bag: {} } },
    'unknown-kind',
    '',
    'codec',
  ],
  [
    'tags twice',
    z.discriminatedUnion('t', [z.object({ t: z.literal('a') }), z.object({ t: z.enum(['a', 'b']) })]),
    'discriminator',
    '',
    'z.union()',
  ],
  [
    'a codec with a reserved name',
    namedCodec('date', z.codec(z.string(), z.date(), both as never)),
    'codec-name-reserved',
    '',
    "namedCodec('my-date@1'",
  ],
];

test.each(rows)('%s', (_name, schema, id, path, hint) => {
  const { diagnostics } = build(schema);
  expect(diagnostics).toMatchObject([{ id, level: 'error', contract: 't' }]);
  expect(diagnostics[0]?.path).toEqual([
    'clientToServer',
    'e',
    'payload',
    ...path.split(' ').filter(Boolean),
  ]);
  expect(diagnostics[0]?.hint).toContain(hint);
});

const warnings: readonly (readonly [name: string, schema: unknown, id: string])[] = [
  ['a codec without a name', z.codec(z.string(), z.date(), both), 'codec-without-name'],
  [
    'a class that is not global',
    namedCodec('point@1', z.codec(z.string(), z.instanceof(Point), both as never)),
    'class-not-global',
  ],
  ['a payload that may be undefined', z.string().optional(), 'undefined-on-the-wire'],
  ['an item that may be undefined', z.array(z.union([z.string(), z.undefined()])), 'undefined-on-the-wire'],
  ['an item in the middle', z.tuple([z.string().optional(), z.string()] as never), 'undefined-on-the-wire'],
  ['an example that is no JSON', z.string().meta({ examples: [new Date(0)] }), 'example-not-json'],
];

test.each(warnings)('warns of %s', (_name, schema, id) => {
  expect(build(schema).diagnostics).toMatchObject([{ id, level: 'warning' }]);
});

test('a custom type in a codec without a name is told to name the codec', () => {
  const { diagnostics } = build(z.codec(z.string(), z.custom(), both));
  expect(diagnostics.map(({ id }) => id)).toEqual(['codec-without-name', 'custom-type']);
});

test('a named schema that is made afresh each time ends', () => {
  expect(build(endlessNamed()).diagnostics).toEqual([]);
});

test('each finding of a shared schema is told once', () => {
  const shared = z.object({ at: z.date() });
  expect(build(z.object({ a: shared, b: shared, c: z.array(shared) })).diagnostics).toHaveLength(1);
});

test('a broken schema that is used twice is told once, as what it is', () => {
  expect(build(z.object({ a: broken, b: broken })).diagnostics).toMatchObject([{ id: 'broken-schema' }]);
});
