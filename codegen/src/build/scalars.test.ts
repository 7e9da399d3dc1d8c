import * as z from 'zod';
import * as m from 'zod/mini';
import { bool, describeRows, int, object, text, type Row } from './nodes.suite.ts';

/** A TypeScript enum with numbers, as the compiler writes it: both ways. */
const Level = { Low: 1, High: 2, 1: 'Low', 2: 'High' } as const;

const scalars: readonly Row[] = [
  ['string', z.string(), m.string(), text],
  ['boolean', z.boolean(), m.boolean(), bool],
  ['null', z.null(), m.null(), { kind: 'null' }],
  ['any', z.any(), m.any(), { kind: 'any' }],
  ['unknown', z.unknown(), m.unknown(), { kind: 'any' }],
  ['json', z.json(), m.json(), { kind: 'any' }],
  [
    'json with a description',
    z.json().describe('Anything.'),
    m.json().check(m.describe('Anything.')),
    { kind: 'any', description: 'Anything.' },
  ],
  ['never', z.never(), m.never(), { kind: 'never' }],
  [
    'undefined',
    z.object({ a: z.undefined() }),
    m.object({ a: m.undefined() }),
    object({ a: { kind: 'undefined' } }),
  ],
  ['void', z.object({ a: z.void() }), m.object({ a: m.void() }), object({ a: { kind: 'undefined' } })],
  ['literal', z.literal('a'), m.literal('a'), { kind: 'literal', values: ['a'] }],
  [
    'literals',
    z.literal(['b', null, 1, true, 'a', 'b']),
    m.literal(['b', null, 1, true, 'a', 'b']),
    { kind: 'literal', values: ['a', 'b', 1, null, true], order: ['b', null, 1, true, 'a'] },
  ],
  ['enum', z.enum(['b', 'a']), m.enum(['b', 'a']), { kind: 'enum', values: ['a', 'b'], order: ['b', 'a'] }],
  [
    'enum of an object',
    z.enum({ A: 'x', B: 'w' }),
    m.enum({ A: 'x', B: 'w' }),
    { kind: 'enum', values: ['w', 'x'], order: ['x', 'w'] },
  ],
  ['TypeScript enum', z.enum(Level), m.enum(Level), { kind: 'enum', values: [1, 2] }],
  ['enum of nothing', z.enum([]), m.enum([]), { kind: 'never' }],
];

const numbers: readonly Row[] = [
  ['number', z.number(), m.number(), { kind: 'number' }],
  ['int', z.int(), m.int(), int],
  ['number().int()', z.number().int(), m.number().check(m.int()), int],
  ['int32', z.int32(), m.int32(), { kind: 'number', checks: [{ check: 'format', format: 'int32' }] }],
  ['uint32', z.uint32(), m.uint32(), { kind: 'number', checks: [{ check: 'format', format: 'uint32' }] }],
  ['float32', z.float32(), m.float32(), { kind: 'number', checks: [{ check: 'format', format: 'float32' }] }],
  ['float64', z.float64(), m.float64(), { kind: 'number', checks: [{ check: 'format', format: 'float64' }] }],
  [
    'bounds',
    z.number().min(-1.5).max(9).gt(-2).lt(10).multipleOf(0.5),
    m.number().check(m.gte(-1.5), m.lte(9), m.gt(-2), m.lt(10), m.multipleOf(0.5)),
    {
      kind: 'number',
      checks: [
        { check: 'min', value: -1.5 },
        { check: 'max', value: 9 },
        { check: 'min', value: -2, exclusive: true },
        { check: 'max', value: 10, exclusive: true },
        { check: 'multiple-of', value: 0.5 },
      ],
    },
  ],
  [
    'positive',
    z.number().positive(),
    m.number().check(m.positive()),
    { kind: 'number', checks: [{ check: 'min', value: 0, exclusive: true }] },
  ],
  [
    'minus zero',
    z.number().min(-0),
    m.number().check(m.gte(-0)),
    { kind: 'number', checks: [{ check: 'min', value: 0 }] },
  ],
  [
    'idle bounds',
    z.number().min(-Infinity).max(Infinity),
    m.number().check(m.gte(-Infinity)),
    { kind: 'number' },
  ],
];

describeRows({ scalars, numbers });
