import { expect, test } from 'vitest';
import { pack, unpack } from './pack.ts';

test.each<[string, unknown]>([
  ['nothing', null],
  ['text', 'é\u0000\ud800"'],
  ['an object', { a: [1, 'b', null, { c: true }] }],
  ['keys of prototypes', JSON.parse('{"__proto__":{"a":1},"constructor":2}')],
  ['bytes', { data: Buffer.from([0, 1, 255]), list: [Buffer.from('x')] }],
  ['bytes alone', Buffer.from('abc')],
  ['what looks like bytes', { $bytes: 'AAEC', other: { $bytes: 1 } }],
  ['what looks like that', { $bytes: ['AAEC', { $bytes: 'x' }] }],
])('%s', (_, wire) => {
  expect(unpack(pack(wire))).toStrictEqual(wire);
});

test('other views of bytes come back as bytes', () => {
  expect(unpack(pack({ a: new Uint8Array([1, 2]).subarray(1), b: new Uint8Array([3]).buffer }))).toEqual({
    a: Buffer.from([2]),
    b: Buffer.from([3]),
  });
});

test('nothing is null', () => {
  expect(unpack(pack(undefined))).toBeNull();
});
