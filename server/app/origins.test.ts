import { expect, test } from 'vitest';
import { originPolicy } from './origins.ts';

test.each([
  ['no origin', undefined, 'board.example', true],
  ['a listed origin', 'https://app.example', 'board.example', true],
  ['its own page', 'https://board.example', 'board.example', true],
  ['its own page on a port', 'http://127.0.0.1:3000', '127.0.0.1:3000', true],
  ['its own page, the host in capitals', 'https://board.example', 'Board.Example', true],
  ['its own page, a proxy that writes 443', 'https://board.example', 'board.example:443', true],
  ['its own page, a proxy that writes 80', 'http://board.example', 'board.example:80', true],
  ['another port', 'https://board.example:8443', 'board.example', false],
  ['another scheme’s port', 'https://board.example', 'board.example:80', false],
  ['another host', 'https://evil.example', 'board.example', false],
  ['a listed host by another scheme', 'http://app.example', 'board.example', false],
  ['a sandboxed page', 'null', 'board.example', false],
  ['no host', 'https://board.example', undefined, false],
])('%s', (_, origin, host, allowed) => {
  expect(originPolicy(['https://app.example']).allows({ headers: { origin, host } })).toBe(allowed);
});
