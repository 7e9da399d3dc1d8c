import { expect, test } from 'vitest';
import { shareNodes } from './share-nodes.ts';

test.each([
  ['equal', { a: { b: [1, 'x'] } }, { a: { b: [1, 'x'] } }, true],
  ['another value', { a: { b: [1, 'x'] } }, { a: { b: [2, 'x'] } }, false],
  ['a key more', { a: 1, b: undefined }, { a: 1 }, false],
  ['a key less', { a: 1 }, { a: 1, b: 2 }, false],
  ['keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, false],
  ['an item less', [1], [1, 2], false],
  ['minus zero', [-0], [0], false],
  ['a list for a record', [], {}, false],
])('takes the object before for one that is %s: %#', (_name, value, before, taken) => {
  const shared = shareNodes<unknown>(value, before);
  expect(shared).toEqual(value);
  expect(shared === before).toBe(taken);
});

test('takes the parts that an edit left alone', () => {
  const before = { one: { deep: [1] }, two: { deep: [2] } };
  const shared = shareNodes({ one: { deep: [1] }, two: { deep: [3] } }, before);
  expect(shared.one).toBe(before.one);
  expect(shared.two).toEqual({ deep: [3] });
});
