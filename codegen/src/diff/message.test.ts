import { expect, test } from 'vitest';
import { messageOf } from './message.ts';

test.each([
  ['fills in the parts', ['a', 'b'], 'code changed from a to b.'],
  ['takes texts such as `$&` as they are', ['^\\$&$', '$$'], 'code changed from ^\\$&$ to $$.'],
  ['fills in each part once', ['{after}', 'b'], 'code changed from {after} to b.'],
] as const)('%s', (_, [before, after], want) => {
  const facts = { path: 'payload.code', position: 'payload', field: 'code', before, after };
  expect(messageOf('{field} changed from {before} to {after}.', facts)).toBe(want);
});
