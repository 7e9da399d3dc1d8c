import { date } from '@sockeye/contract';
import * as z from 'zod';
import * as m from 'zod/mini';
import { codec, describeRows, format, int, object, text, type Row } from './nodes.suite.ts';

const tagged = [
  object({ type: { kind: 'literal', values: ['a'] } }),
  object({ type: { kind: 'literal', values: ['b'] } }),
];

const wrappers: readonly Row[] = [
  ['nullable', z.int().nullable(), m.nullable(m.int()), { kind: 'nullable', inner: int }],
  [
    'optional',
    z.object({ a: z.int().optional() }),
    m.object({ a: m.optional(m.int()) }),
    object({ a: { kind: 'optional', inner: int } }),
  ],
  [
    'nullish',
    z.object({ a: z.int().nullish() }),
    m.object({ a: m.nullish(m.int()) }),
    object({ a: { kind: 'optional', inner: { kind: 'nullable', inner: int } } }),
  ],
  [
    'exactOptional',
    z.object({ a: z.int().exactOptional() }),
    m.object({ a: m.exactOptional(m.int()) }),
    object({ a: { kind: 'optional', inner: int, exact: true } }),
  ],
  ['default', z.int().default(7), m._default(m.int(), 7), { kind: 'default', inner: int, value: 7 }],
  [
    'default of an object',
    z.json().default({ b: [1], a: null }),
    m._default(m.json(), { b: [1], a: null }),
    { kind: 'default', inner: { kind: 'any' }, value: { b: [1], a: null } },
  ],
  [
    'default by a constant function',
    z.int().default(() => 7),
    m._default(m.int(), () => 7),
    { kind: 'default', inner: int, value: 7 },
  ],
  [
    'default by the clock',
    z.string().default(() => new Date().toISOString().slice(0, 10)),
    m._default(m.string(), () => new Date().toISOString().slice(0, 10)),
    { kind: 'default', inner: text, factory: true },
  ],
  [
    'default by chance',
    z.number().default(() => Math.random()),
    m._default(m.number(), () => Math.random()),
    { kind: 'default', inner: { kind: 'number' }, factory: true },
  ],
  [
    'default that is no JSON',
    date().default(new Date(0)),
    m._default(date(), new Date(0)),
    {
      kind: 'default',
      inner: codec('date', format('datetime', z.iso.datetime()), { kind: 'date' }),
      factory: true,
    },
  ],
  [
    'default that throws',
    z.int().default(() => JSON.parse('{') as number),
    m._default(m.int(), () => JSON.parse('{') as number),
    { kind: 'default', inner: int, factory: true },
  ],
  [
    'prefault',
    z.string().trim().prefault(' a '),
    m.prefault(m.string().check(m.trim()), ' a '),
    { kind: 'default', inner: { kind: 'string', checks: [{ check: 'trim' }] }, value: ' a ', prefault: true },
  ],
  ['catch', z.int().catch(0), m.catch(m.int(), 0), { kind: 'catch', inner: int, value: 0 }],
  [
    'catch by a function of the input',
    z.int().catch(({ value }) => Number(value)),
    m.catch(m.int(), ({ value }) => Number(value)),
    { kind: 'catch', inner: int, factory: true },
  ],
  [
    'readonly',
    z.array(z.int()).readonly(),
    m.readonly(m.array(m.int())),
    { kind: 'readonly', inner: { kind: 'array', item: int } },
  ],
  ['brand', z.int().brand<'Id'>(), m.int().brand<'Id'>(), int],
  ['lazy', z.lazy(() => z.int()), m.lazy(() => m.int()), int],
  [
    'union',
    z.union([z.string(), z.int()]),
    m.union([m.string(), m.int()]),
    { kind: 'union', members: [text, int] },
  ],
  [
    'xor',
    z.xor([z.string(), z.int()]),
    m.xor([m.string(), m.int()]),
    { kind: 'union', members: [text, int], exclusive: true },
  ],
  [
    'discriminatedUnion',
    z.discriminatedUnion('type', [z.object({ type: z.literal('a') }), z.object({ type: z.literal('b') })]),
    m.discriminatedUnion('type', [m.object({ type: m.literal('a') }), m.object({ type: m.literal('b') })]),
    { kind: 'union', members: tagged, discriminator: 'type' },
  ],
  [
    'discriminatedUnion with fallback',
    z.discriminatedUnion('type', [z.object({ type: z.literal('a') }), z.object({ type: z.literal('b') })], {
      unionFallback: true,
    }),
    m.discriminatedUnion('type', [m.object({ type: m.literal('a') }), m.object({ type: m.literal('b') })], {
      unionFallback: true,
    }),
    { kind: 'union', members: tagged, asksFirst: 'type' },
  ],
  [
    'intersection',
    z.object({ a: z.int() }).and(z.object({ b: z.string() })),
    m.intersection(m.object({ a: m.int() }), m.object({ b: m.string() })),
    { kind: 'intersection', left: object({ a: int }), right: object({ b: text }) },
  ],
  [
    'pipe',
    z.string().pipe(z.email()),
    m.pipe(m.string(), m.email()),
    { kind: 'pipe', in: text, out: format('email', z.email()) },
  ],
  [
    'pipe into a codec',
    z.string().pipe(date()),
    m.pipe(m.string(), date()),
    { kind: 'pipe', in: text, out: codec('date', format('datetime', z.iso.datetime()), { kind: 'date' }) },
  ],
  [
    'pipe out of a codec',
    date().pipe(z.date().min(new Date(0))),
    m.pipe(date(), m.date().check(m.gte(new Date(0)))),
    {
      kind: 'pipe',
      in: codec('date', format('datetime', z.iso.datetime()), { kind: 'date' }),
      out: { kind: 'date', checks: [{ check: 'min', value: '1970-01-01T00:00:00.000Z' }] },
    },
  ],
];

describeRows({ wrappers });
