import * as z from 'zod';
import * as m from 'zod/mini';
import { describeRows, type Row } from './nodes.suite.ts';

const strings: readonly Row[] = [
  [
    'lengths',
    z.string().min(1).max(9).length(4).nonempty(),
    m.string().check(m.minLength(1), m.maxLength(9), m.length(4), m.minLength(1)),
    {
      kind: 'string',
      checks: [
        { check: 'min-length', value: 1 },
        { check: 'max-length', value: 9 },
        { check: 'length', value: 4 },
        { check: 'min-length', value: 1 },
      ],
    },
  ],
  [
    'checks and conversions in run order',
    z
      .string()
      .trim()
      .min(1)
      .toLowerCase()
      .regex(/^[a-z]+$/u)
      .normalize(),
    m.string().check(m.trim(), m.minLength(1), m.toLowerCase(), m.regex(/^[a-z]+$/u), m.normalize()),
    {
      kind: 'string',
      checks: [
        { check: 'trim' },
        { check: 'min-length', value: 1 },
        { check: 'lower-case' },
        { check: 'pattern', pattern: '^[a-z]+$', flags: 'u' },
        { check: 'normalize', form: 'NFC' },
      ],
    },
  ],
  [
    'toUpperCase',
    z.string().toUpperCase(),
    m.string().check(m.toUpperCase()),
    { kind: 'string', checks: [{ check: 'upper-case' }] },
  ],
  [
    'normalize NFKD',
    z.string().normalize('NFKD'),
    m.string().check(m.normalize('NFKD')),
    { kind: 'string', checks: [{ check: 'normalize', form: 'NFKD' }] },
  ],
  [
    'parts',
    z.string().startsWith('a').endsWith('z').includes('m').includes('n', { position: 2 }),
    m.string().check(m.startsWith('a'), m.endsWith('z'), m.includes('m'), m.includes('n', { position: 2 })),
    {
      kind: 'string',
      checks: [
        { check: 'starts-with', value: 'a' },
        { check: 'ends-with', value: 'z' },
        { check: 'includes', value: 'm' },
        { check: 'includes', value: 'n', position: 2 },
      ],
    },
  ],
  [
    'lowercase',
    z.string().lowercase(),
    m.string().check(m.lowercase()),
    { kind: 'string', checks: [{ check: 'format', format: 'lowercase', pattern: '^[^A-Z]*$' }] },
  ],
  [
    'uppercase',
    z.string().uppercase(),
    m.string().check(m.uppercase()),
    { kind: 'string', checks: [{ check: 'format', format: 'uppercase', pattern: '^[^a-z]*$' }] },
  ],
  [
    'custom overwrite',
    z
      .string()
      .min(1)
      .overwrite((value) => value.slice(1))
      .max(3),
    m.string().check(
      m.minLength(1),
      m.overwrite((value) => value.slice(1)),
      m.maxLength(3),
    ),
    {
      kind: 'string',
      checks: [
        { check: 'min-length', value: 1 },
        { check: 'max-length', value: 3 },
      ],
      refinements: [{ overwrites: true, after: 1 }],
    },
  ],
  [
    'slugify',
    z.string().slugify(),
    z.string().slugify(),
    { kind: 'string', refinements: [{ overwrites: true }] },
  ],
  [
    'a lookalike of trim',
    z.string().overwrite((value) => value.trim().slice(0, 99)),
    m.string().check(m.overwrite((value) => value.trim().slice(0, 99))),
    { kind: 'string', refinements: [{ overwrites: true }] },
  ],
];

describeRows({ strings });
