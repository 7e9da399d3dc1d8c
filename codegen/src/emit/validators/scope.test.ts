import { expect, test } from 'vitest';
import { createScope } from './scope.ts';

const isTaken = (name: string): boolean => /^(?:copy|decoded)[A-Z]/.test(name) || name === 'length';

test.each([
  ['Task labels', 'taskLabels'],
  ['length', 'length_2'],
  ['class', 'class_2'],
  ['copyTo out', 'ownCopyToOut'],
  ['decodedBody item', 'ownDecodedBodyItem'],
])('gives %s the name %s', (wanted, name) => {
  expect(createScope(isTaken).name(wanted)).toBe(name);
});

test('gives a name once', () => {
  const scope = createScope(isTaken);
  expect(['a b', 'a b', 'copyTo', 'copyTo'].map(scope.name)).toEqual([
    'aB',
    'aB_2',
    'ownCopyTo',
    'ownCopyTo_2',
  ]);
});
