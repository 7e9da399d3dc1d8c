import { expect, test } from 'vitest';
import type { TypeNode } from '../../model.ts';
import { closedBound } from './facts.ts';

const text: TypeNode = { kind: 'string' };
const listOf = (item: TypeNode, max?: number): TypeNode => ({
  kind: 'array',
  item,
  ...(max === undefined ? {} : { checks: [{ check: 'max', value: max }] }),
});
const withKeys = (
  properties: Record<string, TypeNode>,
  unknownKeys: 'strip' | 'strict' | 'loose',
): TypeNode => ({
  kind: 'object',
  properties,
  unknownKeys,
});
const types = {
  Tree: withKeys({ left: { kind: 'nullable', inner: { kind: 'ref', name: 'Tree' } } }, 'strip'),
  Name: text,
};

test.each<[name: string, node: TypeNode, want: number | undefined]>([
  ['fields alone', withKeys({ a: text, b: { kind: 'ref', name: 'Name' } }, 'strip'), 0],
  ['no unknown keys', withKeys({ a: text }, 'strict'), 0],
  ['unknown keys that are kept', withKeys({ a: text }, 'loose'), undefined],
  ['a bounded array in a bounded array', withKeys({ a: listOf(listOf(text, 7), 3) }, 'strip'), 7],
  ['an array without a bound', withKeys({ a: listOf(text) }, 'strip'), undefined],
  ['a record', { kind: 'record', key: text, value: text, mode: 'exhaustive' }, undefined],
  ['anything', withKeys({ a: { kind: 'any' } }, 'strip'), undefined],
  ['recursion', { kind: 'ref', name: 'Tree' }, undefined],
  ['a tuple', { kind: 'tuple', items: [text, listOf(text, 2)] }, 2],
  ['a tuple with a rest', { kind: 'tuple', items: [], rest: text }, undefined],
])('how far %s bounds what it accepts', (_name, node, want) => {
  expect(closedBound(node, types)).toBe(want);
});
