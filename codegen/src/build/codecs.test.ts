import { bigint, bytes, date, map, namedCodec, set, url } from '@sockeye/contract';
import * as z from 'zod';
import * as m from 'zod/mini';
import type { TypeNode } from '../model.ts';
import {
  bool,
  code,
  codec,
  dateNode,
  describeRows,
  format,
  int,
  object,
  text,
  type Row,
} from './nodes.suite.ts';

const pairs = (...items: TypeNode[]): TypeNode => ({ kind: 'array', item: { kind: 'tuple', items } });
const money = { decode: (cents: number) => ({ cents }), encode: ({ cents }: { cents: number }) => cents };

const codecs: readonly Row[] = [
  ['date()', date(), date(), dateNode],
  [
    'date() within bounds',
    date().refine((at) => at.getTime() > 0, 'Too early.'),
    date().check(m.refine((at) => at.getTime() > 0, 'Too early.')),
    codec('date', format('datetime', z.iso.datetime()), {
      kind: 'date',
      refinements: [{ message: 'Too early.' }],
    }),
  ],
  [
    'date() with a check',
    date().check(z.lte(new Date(0))),
    date().check(m.lte(new Date(0))),
    codec('date', format('datetime', z.iso.datetime()), {
      kind: 'date',
      checks: [{ check: 'max', value: '1970-01-01T00:00:00.000Z' }],
    }),
  ],
  [
    'bigint()',
    bigint(),
    bigint(),
    codec(
      'bigint',
      {
        kind: 'string',
        checks: [
          { check: 'max-length', value: 1000 },
          { check: 'pattern', pattern: String.raw`^-?\d+$` },
        ],
      },
      { kind: 'bigint' },
    ),
  ],
  [
    'bigint() with bounds',
    bigint().check(z.gte(-3n), z.multipleOf(3n)),
    bigint().check(m.gte(-3n), m.multipleOf(3n)),
    codec(
      'bigint',
      {
        kind: 'string',
        checks: [
          { check: 'max-length', value: 1000 },
          { check: 'pattern', pattern: String.raw`^-?\d+$` },
        ],
      },
      {
        kind: 'bigint',
        checks: [
          { check: 'min', value: '-3' },
          { check: 'multiple-of', value: '3' },
        ],
      },
    ),
  ],
  [
    'map()',
    map(z.string(), date()),
    map(z.string(), date()),
    codec('map', pairs(text, dateNode), { kind: 'map', key: text, value: dateNode }),
  ],
  [
    'set()',
    set(z.int()),
    set(z.int()),
    codec('set', { kind: 'array', item: int }, { kind: 'set', value: int }),
  ],
  [
    'set() of a size',
    set(z.int()).check(z.maxSize(3)),
    set(z.int()).check(m.maxSize(3)),
    codec(
      'set',
      { kind: 'array', item: int },
      { kind: 'set', value: int, checks: [{ check: 'max', value: 3 }] },
    ),
  ],
  ['url()', url(), url(), codec('url', code('url'), { kind: 'instance', className: 'URL' })],
  [
    'bytes()',
    bytes(),
    bytes(),
    codec('bytes', { kind: 'binary' }, { kind: 'instance', className: 'Uint8Array' }),
  ],
  [
    'bytes() of a size',
    bytes({ max: 64 }).describe('A picture.'),
    bytes({ max: 64 }).check(m.describe('A picture.')),
    {
      ...codec('bytes', { kind: 'binary', max: 64 }, { kind: 'instance', className: 'Uint8Array' }),
      description: 'A picture.',
    },
  ],
  [
    'stringbool',
    z.stringbool(),
    m.stringbool(),
    {
      kind: 'codec',
      codec: 'stringbool',
      wire: text,
      app: bool,
      truthy: ['true', '1', 'enabled', 'on', 'y', 'yes'],
      falsy: ['false', '0', 'disabled', 'n', 'no', 'off'],
    },
  ],
  [
    'stringbool that was cloned',
    z.stringbool({ truthy: ['Y'], falsy: ['N'], case: 'sensitive' }).describe('Flag.'),
    m.stringbool({ truthy: ['Y'], falsy: ['N'], case: 'sensitive' }).check(m.describe('Flag.')),
    {
      kind: 'codec',
      codec: 'stringbool',
      wire: text,
      app: bool,
      truthy: ['Y'],
      falsy: ['N'],
      caseSensitive: true,
      description: 'Flag.',
    },
  ],
  [
    'namedCodec',
    namedCodec('money@1', z.codec(z.int(), z.object({ cents: z.int() }), money)),
    namedCodec('money@1', m.codec(m.int(), m.object({ cents: m.int() }), money) as never),
    codec('money@1', int, object({ cents: int })),
  ],
  [
    'namedCodec of a custom type',
    namedCodec('money@2', z.codec(z.int(), z.custom<{ cents: number }>(), money)),
    namedCodec('money@2', m.codec(m.int(), m.custom<{ cents: number }>(), money) as never),
    codec('money@2', int, { kind: 'any', refinements: [{}] }),
  ],
  [
    'map and set on the application side',
    namedCodec(
      'm@1',
      z.codec(z.string(), z.map(z.string(), z.set(z.date()).max(2)).min(1), {
        decode: () => new Map(),
        encode: () => '',
      }),
    ),
    namedCodec(
      'm@1',
      m.codec(m.string(), m.map(m.string(), m.set(m.date()).check(m.maxSize(2))).check(m.minSize(1)), {
        decode: () => new Map(),
        encode: () => '',
      }) as never,
    ),
    codec('m@1', text, {
      kind: 'map',
      key: text,
      value: { kind: 'set', value: { kind: 'date' }, checks: [{ check: 'max', value: 2 }] },
      checks: [{ check: 'min', value: 1 }],
    }),
  ],
];

describeRows({ codecs });
