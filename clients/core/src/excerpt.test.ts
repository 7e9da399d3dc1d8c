import { expect, it } from 'vitest';
import { excerpt } from './excerpt.ts';

it.each([
  ['a string', 'secret', 'string'],
  ['null', null, 'null'],
  ['nothing', undefined, 'undefined'],
  ['an object', { a: 1, b: { c: [true] } }, { a: 'number', b: { c: ['boolean'] } }],
  ['depth', { a: { b: { c: { d: 'secret' } } } }, { a: { b: { c: 'object' } } }],
  ['a long list', [1, 2, 3, 4], ['number', 'number', 'number']],
  ['a long key', { ['k'.repeat(50)]: 1 }, { ['k'.repeat(40)]: 'number' }],
])('tells the shape of %s', (_, value, want) => {
  expect(excerpt(value)).toEqual(want);
});

it('tells at most 20 keys, and none of them is taken for a prototype', () => {
  expect(
    Object.keys(excerpt(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [i, i]))) as object),
  ).toHaveLength(20);
  const hostile = excerpt(JSON.parse('{"__proto__":{"polluted":1}}'));
  expect(Object.getPrototypeOf(hostile)).toBe(Object.prototype);
});
