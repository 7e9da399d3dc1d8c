import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { member, propertyKey, quote, sortedEntries } from './literal.ts';

describe('a string literal', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", '"it\'s"'],
    ['say "hi"', '\'say "hi"\''],
    [`both ' and "`, `'both \\' and "'`],
    ['back\\slash', "'back\\\\slash'"],
    ['\\"', `'\\\\"'`],
    ['a\nb\u2028c', "'a\\nb\\u2028c'"],
    ['right\u202eleft', "'right\\u202eleft'"],
    ['\ud800', "'\\ud800'"],
    ['Größe 🐟', "'Größe 🐟'"],
  ])('of %j is %s, and means the same', (text, wanted) => {
    expect(quote(text)).toBe(wanted);
    expect(runInNewContext(quote(text))).toBe(text);
  });
});

it('quotes only names that need it', () => {
  expect([
    propertyKey('a1'),
    propertyKey('$'),
    propertyKey('1'),
    propertyKey('a:b'),
    propertyKey(''),
  ]).toEqual(['a1', '$', "'1'", "'a:b'", "''"]);
  expect([member('ping'), member('a:b')]).toEqual(['.ping', "['a:b']"]);
});

it('sorts by code unit, numbers too', () => {
  expect(sortedEntries({ b: 1, a: 2, Z: 3, 10: 4, 9: 5, ä: 6 }).map(([key]) => key)).toEqual([
    '10',
    '9',
    'Z',
    'a',
    'b',
    'ä',
  ]);
});
