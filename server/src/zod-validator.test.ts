import { INVALID, type Issue } from '@sockeye/contract/wire';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { isNeutral } from './zod-neutral.ts';
import { zod } from './zod-validator.ts';

const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (value) => value.toISOString(),
});
const url = z.codec(z.string(), z.instanceof(URL), {
  decode: (text) => new URL(text),
  encode: (value) => value.href,
});
const node: z.ZodType = z.object({
  name: z.string(),
  get children() {
    return z.array(node).optional();
  },
});

class Row {
  readonly #id = 'row';
  get id() {
    return this.#id;
  }
  readonly secret = 'secret';
}

const schemas: [name: string, schema: z.ZodType][] = [
  ['string', z.string().min(1).max(3)],
  ['trimmed', z.string().trim().toLowerCase().max(3)],
  [
    'formats',
    z.object({ id: z.uuid().optional(), mail: z.email().optional(), at: z.iso.datetime().optional() }),
  ],
  ['refined text', z.string().refine((text) => text !== 'no')],
  ['number', z.number().int().min(0).max(10)],
  ['coerced', z.coerce.number()],
  ['object', z.object({ id: z.string(), name: z.string().optional(), n: z.number().nullable().optional() })],
  ['strict object', z.strictObject({ id: z.string() })],
  ['loose object', z.looseObject({ id: z.string() })],
  ['catchall', z.object({ id: z.string() }).catchall(z.number())],
  ['refined object', z.object({ id: z.string() }).refine((value) => !('secret' in value))],
  ['default', z.object({ id: z.string().default('d') })],
  ['prefault', z.object({ id: z.string().prefault('p') })],
  ['catch', z.object({ id: z.string().catch('c') })],
  [
    'array',
    z
      .array(z.object({ id: z.string() }))
      .min(1)
      .max(2),
  ],
  ['tuple', z.tuple([z.string(), z.number()], z.boolean())],
  ['record', z.record(z.string(), z.number())],
  ['enum', z.enum(['a', 'b'])],
  ['literal', z.literal(['a', 1, null])],
  ['union', z.union([z.string(), z.object({ id: z.string() })])],
  [
    'discriminated',
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), n: z.number() }),
      z.object({ kind: z.literal('b') }),
    ]),
  ],
  ['intersection', z.intersection(z.object({ id: z.string() }), z.object({ n: z.number() }))],
  ['readonly', z.object({ id: z.string() }).readonly()],
  ['date', z.object({ id: z.string(), at: date })],
  ['url', z.object({ link: url })],
  ['pipe', z.string().pipe(z.string().max(2))],
  ['transform', z.string().transform((text) => text.length)],
  ['recursive', node],
  ['unknown', z.unknown()],
  ['boolean', z.boolean()],
  ['asynchronous', z.string().refine(async () => true)],
  [
    'throwing',
    z.string().refine(() => {
      throw new Error('refinement');
    }),
  ],
];

const values: unknown[] = [
  undefined,
  null,
  true,
  0,
  5,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  'a',
  ' A ',
  'no',
  '😀😀😀',
  'x'.repeat(500),
  '7',
  [],
  ['a', 1],
  ['a', 1, true, 'x'],
  [{ id: 'x', extra: 1 }],
  [{ id: 'x' }, { id: 'y' }, { id: 'z' }],
  {},
  { id: 'x' },
  { id: 'x', secret: 1 },
  { id: 5 },
  { id: undefined },
  { id: 'x', n: null },
  { id: 'x', n: 1, name: undefined },
  { kind: 'a', n: 1, more: 2 },
  { kind: 'c' },
  { n: 1 },
  { a: 1, b: 2 },
  { id: 'x', at: '2026-01-01T00:00:00.000Z' },
  { id: 'x', at: new Date(0) },
  { id: 'x', at: new Date(Number.NaN) },
  { id: 'x', at: 'later' },
  { link: 'https://x.org/' },
  { link: 'not a link' },
  { link: new URL('https://x.org/') },
  { name: 'a', children: [{ name: 'b', children: [] }, { name: 5 }] },
  new Row(),
  Object.assign(Object.create(null), { id: 'x' }),
  JSON.parse('{"id":"x","__proto__":{"n":1}}'),
  Symbol('s'),
  5n,
  () => 1,
];

describe.each(schemas)('%s', (_name, schema) => {
  const validator = zod(schema);
  test.each([
    ['decode', z.safeDecode],
    ['encode', z.safeEncode],
  ] as const)('%s is what Zod does', (direction, safe) => {
    for (const value of values) {
      const want = attempt(() => safe(schema as z.ZodString, value as string));
      expect(validator[direction](value)).toEqual(want.value);
      const issues: Issue[] = [];
      expect(validator[direction](value, issues)).toEqual(want.value);
      expect(issues.map(({ code, path }) => [code, path])).toEqual(want.issues);
    }
  });
});

test('issues are cut short, and never repeat a value', () => {
  const issues: Issue[] = [];
  const wire = Array.from({ length: 1_000 }, () => 'secret');
  expect(zod(z.array(z.number())).decode(wire, issues)).toBe(INVALID);
  expect(issues).toHaveLength(32);
  expect(JSON.stringify(issues)).not.toContain('secret');
  const long: Issue[] = [];
  zod(z.strictObject({})).decode({ ['k'.repeat(5_000)]: 1 }, long);
  zod(z.record(z.string(), z.number())).decode({ ['k'.repeat(5_000)]: 'x' }, long);
  expect(JSON.stringify(long).length).toBeLessThan(1_000);
});

test('a tuple of schemas, and the parameters of a room', () => {
  const pair = zod([z.string(), z.number().optional()]);
  expect([pair.decode(['a', 1]), pair.decode(['a']), pair.decode([]), pair.decode(['a', 1, 2])]).toEqual([
    ['a', 1],
    ['a'],
    INVALID,
    INVALID,
  ]);
  expect(zod.params({ params: { id: z.string() } }).decode({ id: 'x', more: 1 })).toEqual({ id: 'x' });
});

test('what converts is not taken for neutral', () => {
  const names = schemas.filter(([, schema]) => isNeutral(schema)).map(([name]) => name);
  expect(names).toEqual([
    'string',
    'trimmed',
    'formats',
    'number',
    'object',
    'strict object',
    'catchall',
    'array',
    'enum',
    'literal',
    'union',
    'discriminated',
    'boolean',
  ]);
});

function attempt(run: () => z.ZodSafeParseResult<unknown>): { value: unknown; issues: unknown[] } {
  try {
    const result = run();
    if (result.success) return { value: result.data, issues: [] };
    return { value: INVALID, issues: result.error.issues.map(({ code, path }) => [code, path]) };
  } catch {
    return { value: INVALID, issues: [['custom', []]] };
  }
}
