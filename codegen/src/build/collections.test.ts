import * as z from 'zod';
import * as m from 'zod/mini';
import { describeRows, int, object, text, type Row } from './nodes.suite.ts';

const collections: readonly Row[] = [
  [
    'object',
    z.object({ b: z.string(), a: z.int() }),
    m.object({ b: m.string(), a: m.int() }),
    object({ a: int, b: text }, { order: ['b', 'a'] }),
  ],
  [
    'object in order',
    z.object({ a: z.int(), b: z.string() }),
    m.object({ a: m.int(), b: m.string() }),
    object({ a: int, b: text }),
  ],
  [
    'strictObject',
    z.strictObject({ a: z.int() }),
    m.strictObject({ a: m.int() }),
    object({ a: int }, { unknownKeys: 'strict' }),
  ],
  [
    'looseObject',
    z.looseObject({ a: z.int() }),
    m.looseObject({ a: m.int() }),
    object({ a: int }, { unknownKeys: 'loose' }),
  ],
  [
    'catchall',
    z.object({ a: z.int() }).catchall(z.string()),
    m.catchall(m.object({ a: m.int() }), m.string()),
    object({ a: int }, { unknownKeys: text }),
  ],
  [
    'extend and pick',
    z.object({ a: z.int(), c: z.any() }).pick({ a: true }).extend({ b: z.string() }),
    m.extend(m.pick(m.object({ a: m.int(), c: m.any() }), { a: true }), { b: m.string() }),
    object({ a: int, b: text }),
  ],
  [
    'partial',
    z.object({ a: z.int() }).partial(),
    m.partial(m.object({ a: m.int() })),
    object({ a: { kind: 'optional', inner: int } }),
  ],
  [
    'required',
    z.object({ a: z.int().optional() }).required(),
    m.required(m.object({ a: m.optional(m.int()) })),
    object({ a: { kind: 'nonoptional', inner: { kind: 'optional', inner: int } } }),
  ],
  [
    'array',
    z.array(z.int()).min(1).max(5),
    m.array(m.int()).check(m.minLength(1), m.maxLength(5)),
    {
      kind: 'array',
      item: int,
      checks: [
        { check: 'min', value: 1 },
        { check: 'max', value: 5 },
      ],
    },
  ],
  [
    'array of a length',
    z.array(z.int()).length(2),
    m.array(m.int()).check(m.length(2)),
    { kind: 'array', item: int, checks: [{ check: 'length', value: 2 }] },
  ],
  [
    'tuple',
    z.tuple([z.int(), z.string()]),
    m.tuple([m.int(), m.string()]),
    { kind: 'tuple', items: [int, text] },
  ],
  [
    'tuple with rest',
    z.tuple([z.int()], z.string()),
    m.tuple([m.int()], m.string()),
    { kind: 'tuple', items: [int], rest: text },
  ],
  [
    'tuple with an optional end',
    z.tuple([z.int(), z.string().optional()]),
    m.tuple([m.int(), m.optional(m.string())]),
    { kind: 'tuple', items: [int, { kind: 'optional', inner: text }] },
  ],
  [
    'record',
    z.record(z.string().max(5), z.int()),
    m.record(m.string().check(m.maxLength(5)), m.int()),
    {
      kind: 'record',
      key: { kind: 'string', checks: [{ check: 'max-length', value: 5 }] },
      value: int,
      mode: 'exhaustive',
    },
  ],
  [
    'record by enum',
    z.record(z.enum(['b', 'a']), z.int()),
    m.record(m.enum(['b', 'a']), m.int()),
    {
      kind: 'record',
      key: { kind: 'enum', values: ['a', 'b'], order: ['b', 'a'] },
      value: int,
      mode: 'exhaustive',
    },
  ],
  [
    'partialRecord',
    z.partialRecord(z.literal(['a', 2]), z.int()),
    m.partialRecord(m.literal(['a', 2]), m.int()),
    { kind: 'record', key: { kind: 'literal', values: ['a', 2] }, value: int, mode: 'partial' },
  ],
  [
    'looseRecord',
    z.looseRecord(z.string().startsWith('x-'), z.int()),
    m.looseRecord(m.string().check(m.startsWith('x-')), m.int()),
    {
      kind: 'record',
      key: { kind: 'string', checks: [{ check: 'starts-with', value: 'x-' }] },
      value: int,
      mode: 'loose',
    },
  ],
  [
    'record by number',
    z.record(z.number(), z.int()),
    m.record(m.number(), m.int()),
    { kind: 'record', key: { kind: 'number' }, value: int, mode: 'exhaustive' },
  ],
  [
    'record by template',
    z.record(z.templateLiteral(['k', z.int()]), z.int()),
    m.record(m.templateLiteral(['k', m.int()]), m.int()),
    {
      kind: 'record',
      key: { kind: 'template', parts: ['k', int], pattern: String.raw`^k-?\d+$` },
      value: int,
      mode: 'exhaustive',
    },
  ],
];

describeRows({ collections });
