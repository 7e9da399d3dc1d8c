import type { Json } from '../model.ts';

type Options = { readonly [key: string]: Json } | undefined;
type Accepts = (value: string, options: Options) => boolean | 'unknown';

/**
 * Whether a string has a format, for formats whose pattern the model does not contain. `unknown` if only Zod knows: for
 * formats that are not listed, and for edge cases of those that are.
 */
export function formatAccepts(format: string, value: string, options: Options): boolean | 'unknown' {
  return Object.hasOwn(formats, format) ? (formats[format] as Accepts)(value, options) : 'unknown';
}

/** A sample string of each format; several if options matter. */
export const formatSamples: Readonly<Record<string, readonly string[]>> = {
  base64: ['aGVsbG8=', ''],
  base64url: ['aGVsbG8'],
  cidrv4: ['10.0.0.0/8'],
  cidrv6: ['2001:db8::/32'],
  cuid: ['cjld2cyuq0000t3rmniod1foy'],
  cuid2: ['tz4a98xxat96iws9zmbrgj3a'],
  date: ['2026-11-21', '2024-02-29'],
  datetime: [
    '2026-11-21T08:00:00Z',
    '2026-11-21T08:00:00.000Z',
    '2026-11-21T08:00:00+01:00',
    '2026-11-21T08:00:00',
    '2026-11-21T08:00Z',
    '2026-11-21T08:00:00.123456Z',
  ],
  duration: ['P1D', 'PT5M'],
  e164: ['+4915112345678'],
  email: ['ada@example.org'],
  emoji: ['\u{1F600}'],
  guid: ['0b0e7b0a-3c2d-4e5f-8a9b-0c1d2e3f4a5b', '11111111-2222-0333-0444-555555555555'],
  hostname: ['example.org'],
  hex: ['00ff'],
  ipv4: ['192.0.2.1'],
  ipv6: ['2001:db8::1'],
  jwt: ['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2ln'],
  ksuid: ['0ujtsYcgvSTl8PAuAdqWYSMnLOv'],
  lowercase: ['abc'],
  mac: ['00:1b:44:11:3a:b7'],
  nanoid: ['V1StGXR8_Z5jdHi6B-myT'],
  time: ['08:00:00', '08:00:00.123', '08:00'],
  ulid: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  uppercase: ['ABC'],
  url: ['https://example.org/', 'mailto:ada@example.org', 'ftp://files.example.org/'],
  uuid: [
    '0b0e7b0a-3c2d-4e5f-8a9b-0c1d2e3f4a5b',
    '018f4e7a-1b2c-7d3e-8f4a-5b6c7d8e9f0a',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  ],
  xid: ['9m4e2mr0ui3e8a215n4g'],
};

const formats: Readonly<Record<string, Accepts>> = {
  base64: (value) => value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value),
  base64url: (value) => (/^[A-Za-z0-9_-]*$/.test(value) ? 'unknown' : false),
  date: (value) => isDate(value),
  datetime: (value, options) => isDateTime(value, options),
  email: (value) =>
    grey(
      /^[A-Za-z0-9_+.-]*[A-Za-z0-9_+-]@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/.test(value),
      /^[^@\s]+@[^@\s]+$/.test(value),
    ),
  guid: (value) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value),
  hex: (value) => /^[0-9a-f]*$/i.test(value),
  ipv4: (value) => /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.|$)){4}$/.test(value) && !value.endsWith('.'),
  ipv6: (value) => URL.canParse(`http://[${value}]`),
  jwt: (value) => (value.split('.').length === 3 ? 'unknown' : false),
  lowercase: (value) => value === value.toLowerCase(),
  time: (value, options) => isTime(value, options),
  uppercase: (value) => value === value.toUpperCase(),
  url: (value, options) => (URL.canParse(value.trim()) ? (options ? 'unknown' : true) : false),
  uuid: (value, options) => isUuid(value, options),
};

function isUuid(value: string, options: Options): boolean {
  if (/^(0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12})$/i.test(value))
    return options?.['version'] === undefined;
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value)) return false;
  return options?.['version'] === undefined || `v${value[14]}` === options['version'];
}

/** Certain where the strict and the generous reading agree. */
function grey(strict: boolean, generous: boolean): boolean | 'unknown' {
  return strict === generous ? strict : 'unknown';
}

function isDate(value: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function isDateTime(value: string, options: Options): boolean {
  const match = /^(\d{4}-\d\d-\d\d)T(.+?)(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/.exec(value);
  if (!match || !isDate(match[1] as string) || !isTime(match[2] as string, options)) return false;
  if (match[3] === undefined) return options?.['local'] === true;
  return match[3] === 'Z' || options?.['offset'] === true;
}

function isTime(value: string, options: Options): boolean {
  const match = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(?:\.(\d+))?)?$/.exec(value);
  if (!match) return false;
  const precision = options?.['precision'];
  if (typeof precision !== 'number') return true;
  if (precision === -1) return match[2] === undefined;
  return match[2] !== undefined && (match[3]?.length ?? 0) === precision;
}
