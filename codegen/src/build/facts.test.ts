import * as z from 'zod';
import * as m from 'zod/mini';
import { describeRows, int, object, text, type Row } from './nodes.suite.ts';

const even = (value: number): boolean => value % 2 === 0;

const refinements: readonly Row[] = [
  ['refine', z.int().refine(even), m.int().check(m.refine(even)), { ...int, refinements: [{}] }],
  [
    'refine with id and message',
    z.int().refine(even, { message: 'Odd.', params: { id: 'even@1' } }),
    m.int().check(m.refine(even, { message: 'Odd.', params: { id: 'even@1' } })),
    { ...int, refinements: [{ id: 'even@1', message: 'Odd.' }] },
  ],
  [
    'refine with a message that depends',
    z.int().refine(even, { error: (issue) => `Odd: ${String(issue.input)}` }),
    m.int().check(m.refine(even, { error: (issue) => `Odd: ${String(issue.input)}` })),
    { ...int, refinements: [{}] },
  ],
  [
    'superRefine',
    z.object({ a: z.int() }).superRefine(() => {}),
    m.object({ a: m.int() }).check(m.superRefine(() => {})),
    object({ a: int }, { refinements: [{}] }),
  ],
  ['check', z.int().check(() => {}), m.int().check(() => {}), { ...int, refinements: [{}] }],
  [
    'refine between checks',
    z.string().min(1).refine(Boolean).max(2),
    m.string().check(m.minLength(1), m.refine(Boolean), m.maxLength(2)),
    {
      kind: 'string',
      checks: [
        { check: 'min-length', value: 1 },
        { check: 'max-length', value: 2 },
      ],
      refinements: [{ after: 1 }],
    },
  ],
  [
    'a length where the node has none',
    z.nullable(z.string()).check(z.minLength(3) as never),
    m.nullable(m.string()).check(m.minLength(3) as never),
    { kind: 'nullable', inner: text, refinements: [{ id: 'min_length:3' }] },
  ],
  [
    'property',
    z.string().check(z.property('length', z.number().min(3))),
    m.string().check(m.property('length', m.number())),
    { kind: 'string', refinements: [{ id: 'property:length' }] },
  ],
];

const documentation: readonly Row[] = [
  [
    'describe',
    z.int().describe('How many.'),
    m.int().check(m.describe('How many.')),
    { ...int, description: 'How many.' },
  ],
  [
    'meta',
    z.int().meta({ title: 'Count', description: 'How many.', deprecated: true, examples: [1, 2] }),
    m.int().check(m.meta({ title: 'Count', description: 'How many.', deprecated: true, examples: [1, 2] })),
    { ...int, title: 'Count', description: 'How many.', deprecated: true, examples: [1, 2] },
  ],
  [
    'inherited by more checks',
    z.string().describe('A name.').max(9),
    m.string().check(m.describe('A name.')).check(m.maxLength(9)),
    { kind: 'string', checks: [{ check: 'max-length', value: 9 }], description: 'A name.' },
  ],
  [
    'not inherited by wrappers',
    z.object({ a: z.string().describe('A name.').optional() }),
    m.object({ a: m.optional(m.string().check(m.describe('A name.'))) }),
    object({ a: { kind: 'optional', inner: { kind: 'string', description: 'A name.' } } }),
  ],
];

describeRows({ refinements, documentation });
