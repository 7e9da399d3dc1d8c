import { expect, test } from 'vitest';
import { shapeFault } from './nesting.ts';

const bounds = { depth: 3, keys: 3, items: 3 };

const cases: [name: string, value: unknown, want: string][] = [
  ['text', 'x', 'none'],
  ['null', null, 'none'],
  ['flat', { a: 1, b: 2, c: 3 }, 'none'],
  ['deep enough', { a: [{ b: 1 }] }, 'none'],
  ['too deep', { a: [{ b: [] }] }, 'deep'],
  ['too many keys', { a: 1, b: 2, c: 3, d: 4 }, 'wide'],
  ['too many items', [1, 2, 3, 4], 'wide'],
  ['too many keys further down', [{ a: { a: 1, b: 2, c: 3, d: 4 } }], 'wide'],
  ['__proto__', JSON.parse('{"a":[{"__proto__":1}]}'), 'key'],
  ['constructor', { constructor: 1 }, 'key'],
  ['prototype', [[{ prototype: null }]], 'key'],
  ['binary', { a: Buffer.alloc(1_000_000) }, 'none'],
  ['a million levels', nested(1_000_000), 'deep'],
];

test.each(cases)('%s', (_name, value, want) => expect(shapeFault(value, bounds)).toBe(want));

function nested(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}
