import { expect, test } from 'vitest';
import type { TypeNode } from '../model.ts';
import { createSharing } from './share.ts';

const text = (): TypeNode => ({ kind: 'string', checks: [{ check: 'max-length', value: 9 }] });
const atLeast = (value: number): TypeNode => ({ kind: 'number', checks: [{ check: 'min', value }] });

test('equal schemas become one, also those made of such', () => {
  const share = createSharing();
  const [a, b] = [share(text()), share(text())];
  expect(a).toBe(b);
  expect(share({ kind: 'array', item: a })).toBe(share({ kind: 'array', item: b }));
});

test.each<[string, TypeNode, TypeNode]>([
  ['0 and -0', atLeast(0), atLeast(-0)],
  ['Infinity and -Infinity', atLeast(Infinity), atLeast(-Infinity)],
  ['literals 0 and -0', { kind: 'literal', values: [0] }, { kind: 'literal', values: [-0] }],
  ['documentation', { kind: 'string', description: 'A name.' }, { kind: 'string' }],
  [
    'items that JSON cannot tell apart',
    { kind: 'array', item: atLeast(0) },
    { kind: 'array', item: atLeast(-0) },
  ],
])('keeps apart: %s', (_name, a, b) => {
  const share = createSharing();
  for (const node of [a, b]) if (node.kind === 'array') share(node.item);
  expect(share(a)).toBe(a);
  expect(share(b)).toBe(b);
});
