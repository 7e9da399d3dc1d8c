import { expect, test } from 'vitest';
import { pathKeys } from './path-keys.ts';

test.each([
  ['version', ['version']],
  ['clientToServer["task:create"].payload.title', ['clientToServer', 'task:create', 'payload', 'title']],
  ['serverToClient["a.b"].payload.tags[][0]', ['serverToClient', 'a.b', 'payload', 'tags', '[]', '[0]']],
  ['types.Shape<circle>.r{}{key}{*}', ['types', 'Shape', '|', 'r', '{}', '{key}', '{*}']],
  ['errors["A\\"]"].details', ['errors', 'A"]', 'details']],
])('%s', (path, keys) => {
  expect(pathKeys(path)).toEqual(keys);
});
