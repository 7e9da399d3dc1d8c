import { expect, test } from 'vitest';
import { originPolicy } from './origins.ts';

const policy = originPolicy(['https://app.example']);

test.each<[string, string | undefined, string | undefined, boolean]>([
  ['no page at all', undefined, 'localhost:3000', true],
  ['its own page', 'http://localhost:3000', 'localhost:3000', true],
  ['its own page, by address', 'http://127.0.0.1:3000', '127.0.0.1:3000', true],
  ['its own page behind a proxy', 'https://board.example', 'board.example', true],
  ['its own page behind a proxy that writes the port', 'https://board.example', 'Board.example:443', true],
  ['a page of the list', 'https://app.example', 'localhost:3000', true],
  ['the same host on another port', 'http://localhost:5173', 'localhost:3000', false],
  ['another scheme than the list says', 'http://app.example', 'localhost:3000', false],
  ['a name that begins alike', 'https://app.example.evil.test', 'localhost:3000', false],
  ['a sandboxed page', 'null', 'localhost:3000', false],
  ['nonsense', '::', 'localhost:3000', false],
  ['no host', 'http://localhost:3000', undefined, false],
])('%s', (_, origin, host, want) => {
  expect(policy.allows({ headers: { ...(origin && { origin }), ...(host && { host }) } })).toBe(want);
});
