import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { bigint, bytes, date, map, set, url } from './codecs.ts';

const throughJson = (schema: z.ZodType, value: unknown): unknown =>
  z.decode(schema, JSON.parse(JSON.stringify(z.encode(schema, value as never))) as never);

const roundTrips: readonly (readonly [name: string, schema: z.ZodType, values: fc.Arbitrary<unknown>])[] = [
  ['date', date(), fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })],
  ['bigint', bigint(), fc.bigInt()],
  ['map', map(z.string(), date()), fc.dictionary(fc.string(), fc.constant(new Date(0))).map((o) => new Map(Object.entries(o)))],
  ['map of maps', map(bigint(), map(z.string(), z.number())), fc.constant(new Map([[1n, new Map([['a', 1]])]]))],
  ['set', set(bigint()), fc.array(fc.bigInt()).map((items) => new Set(items))],
  ['url', url(), fc.webUrl().map((text) => new URL(text))],
]; // prettier-ignore

const refused: readonly (readonly [name: string, schema: z.ZodType, wire: unknown])[] = [
  ['a date with an offset', date(), '2026-01-01T00:00:00+01:00'],
  ['a date that is none', date(), '2026-02-30T00:00:00Z'],
  ['a date as a number', date(), 0],
  ['a bigint with letters', bigint(), '12x'],
  ['a bigint too long to convert cheaply', bigint(), '9'.repeat(1_001)],
  ['a map of triples', map(z.string(), z.string()), [['a', 'b', 'c']]],
  ['a set of the wrong items', set(z.number()), ['1']],
  ['a relative URL', url(), '/path'],
  ['text for bytes', bytes(), 'AAAA'],
  ['too many bytes', bytes({ max: 2 }), new Uint8Array(3)],
];

describe('codecs', () => {
  it.each(roundTrips)('%s survives JSON', (_, schema, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(throughJson(schema, value)).toEqual(value);
      }),
    );
  });

  it.each(refused)('refuse %s without throwing', (_, schema, wire) => {
    expect(z.safeDecode(schema, wire as never).success).toBe(false);
  });

  it('bytes take what Node and what browsers hand over', () => {
    const data = new Uint8Array([1, 2, 3]);
    for (const wire of [data, Buffer.from(data), data.buffer]) {
      const decoded = z.decode(bytes({ max: 3 }), wire);
      expect(decoded).toBeInstanceOf(Uint8Array);
      expect([...decoded]).toEqual([1, 2, 3]);
    }
    expect(z.encode(bytes(), data)).toBe(data);
  });

  it('are wrapped, checked and given metadata like any schema', () => {
    const schema = z.object({ at: date().nullable().optional(), ids: set(z.string()).meta({ id: 'Ids' }) });
    expect(z.decode(schema, { at: null, ids: ['a'] })).toEqual({ at: null, ids: new Set(['a']) });
  });
});
