import * as z from 'zod';
import * as m from 'zod/mini';
import { code, describeRows, format, int, type Row } from './nodes.suite.ts';

const domain = z.regexes.domain.source;

const formats: readonly Row[] = [
  ['email', z.email(), m.email(), format('email', z.email())],
  ['string().email()', z.string().email(), m.string().check(m.email()), format('email', z.email())],
  [
    'email with its own pattern',
    z.email({ pattern: /^.@.$/i }),
    m.email({ pattern: /^.@.$/i }),
    {
      kind: 'string',
      checks: [{ check: 'format', format: 'email', pattern: '^.@.$', flags: 'i', custom: true }],
    },
  ],
  ['guid', z.guid(), m.guid(), format('guid', z.guid())],
  ['uuid', z.uuid(), m.uuid(), format('uuid', z.uuid())],
  ['uuidv4', z.uuidv4(), m.uuidv4(), format('uuid', z.uuidv4(), { version: 'v4' })],
  ['uuidv6', z.uuidv6(), m.uuidv6(), format('uuid', z.uuidv6(), { version: 'v6' })],
  ['uuidv7', z.uuidv7(), m.uuidv7(), format('uuid', z.uuidv7(), { version: 'v7' })],
  ['url', z.url(), m.url(), code('url')],
  [
    'url with options',
    z.url({ normalize: true, hostname: /^example\.org$/i }),
    m.url({ normalize: true, hostname: /^example\.org$/i }),
    code('url', { normalize: true, hostname: String.raw`^example\.org$`, hostnameFlags: 'i' }),
  ],
  ['httpUrl', z.httpUrl(), m.httpUrl(), code('url', { hostname: domain, protocol: '^https?$' })],
  ['emoji', z.emoji(), m.emoji(), format('emoji', z.emoji())],
  ['nanoid', z.nanoid(), m.nanoid(), format('nanoid', z.nanoid())],
  [
    'nanoid of a length',
    z.nanoid({ length: 10 }),
    m.nanoid({ length: 10 }),
    {
      kind: 'string',
      checks: [
        { check: 'format', format: 'nanoid', pattern: '^[a-zA-Z0-9_-]{10}$', options: { length: 10 } },
      ],
    },
  ],
  ['cuid', z.cuid(), m.cuid(), format('cuid', z.cuid())],
  ['cuid2', z.cuid2(), m.cuid2(), format('cuid2', z.cuid2())],
  ['ulid', z.ulid(), m.ulid(), format('ulid', z.ulid())],
  ['xid', z.xid(), m.xid(), format('xid', z.xid())],
  ['ksuid', z.ksuid(), m.ksuid(), format('ksuid', z.ksuid())],
  ['ipv4', z.ipv4(), m.ipv4(), format('ipv4', z.ipv4())],
  ['ipv6', z.ipv6(), m.ipv6(), code('ipv6')],
  ['mac', z.mac(), m.mac(), format('mac', z.mac())],
  [
    'mac with a delimiter',
    z.mac({ delimiter: '-' }),
    m.mac({ delimiter: '-' }),
    format('mac', z.mac({ delimiter: '-' }), { delimiter: '-' }),
  ],
  ['cidrv4', z.cidrv4(), m.cidrv4(), format('cidrv4', z.cidrv4())],
  ['cidrv6', z.cidrv6(), m.cidrv6(), code('cidrv6')],
  ['base64', z.base64(), m.base64(), code('base64')],
  ['base64url', z.base64url(), m.base64url(), code('base64url')],
  ['e164', z.e164(), m.e164(), format('e164', z.e164())],
  ['creditCard', z.creditCard(), m.creditCard(), code('credit_card')],
  ['iban', z.iban(), m.iban(), code('iban')],
  ['jwt', z.jwt(), m.jwt(), code('jwt')],
  ['jwt of an algorithm', z.jwt({ alg: 'HS256' }), m.jwt({ alg: 'HS256' }), code('jwt', { alg: 'HS256' })],
  ['datetime', z.iso.datetime(), m.iso.datetime(), format('datetime', z.iso.datetime())],
  [
    'datetime with options',
    z.iso.datetime({ offset: true, local: true, precision: 3 }),
    m.iso.datetime({ offset: true, local: true, precision: 3 }),
    format('datetime', z.iso.datetime({ offset: true, local: true, precision: 3 }), {
      local: true,
      offset: true,
      precision: 3,
    }),
  ],
  ['date', z.iso.date(), m.iso.date(), format('date', z.iso.date())],
  [
    'time',
    z.iso.time({ precision: -1 }),
    m.iso.time({ precision: -1 }),
    format('time', z.iso.time({ precision: -1 }), { precision: -1 }),
  ],
  ['duration', z.iso.duration(), m.iso.duration(), format('duration', z.iso.duration())],
  ['hostname', z.hostname(), m.hostname(), format('hostname', z.hostname())],
  ['hex', z.hex(), m.hex(), format('hex', z.hex())],
  [
    'hash',
    z.hash('sha256', { enc: 'base64' }),
    m.hash('sha256', { enc: 'base64' }),
    format('sha256_base64', z.hash('sha256', { enc: 'base64' })),
  ],
  [
    'stringFormat by pattern',
    z.stringFormat('sku', /^[A-Z]{3}$/),
    m.stringFormat('sku', /^[A-Z]{3}$/),
    { kind: 'string', checks: [{ check: 'format', format: 'sku', pattern: '^[A-Z]{3}$', custom: true }] },
  ],
  [
    'stringFormat by function',
    z.stringFormat('sku', (value) => value.length === 3),
    m.stringFormat('sku', (value) => value.length === 3),
    { kind: 'string', checks: [{ check: 'format', format: 'sku', custom: true }] },
  ],
  [
    'a format with more checks',
    z.email().max(80),
    m.email().check(m.maxLength(80)),
    {
      kind: 'string',
      checks: [...(format('email', z.email()).checks ?? []), { check: 'max-length', value: 80 }],
    },
  ],
  [
    'templateLiteral',
    z.templateLiteral(['v', 1, '.', z.int(), z.enum(['a', 'b'])]),
    m.templateLiteral(['v', 1, '.', m.int(), m.enum(['a', 'b'])]),
    {
      kind: 'template',
      parts: ['v1.', int, { kind: 'enum', values: ['a', 'b'] }],
      pattern: String.raw`^v1\.-?\d+(a|b)$`,
    },
  ],
];

describeRows({ formats });
