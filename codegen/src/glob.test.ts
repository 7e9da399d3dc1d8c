import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expandGlob, isPattern, parseGlob } from './glob.ts';

test.each([
  ['*.contract.ts', 'a.contract.ts', true],
  ['*.contract.ts', 'deep/a.contract.ts', false],
  ['*.contract.ts', 'aXcontract.ts', false],
  ['**/*.contract.ts', 'a.contract.ts', true],
  ['**/*.contract.ts', 'a/b/c.contract.ts', true],
  ['a/**/c.ts', 'a/c.ts', true],
  ['a/**/c.ts', 'ab/c.ts', false],
  ['a/**', 'a/b/c.ts', true],
  ['{chat,collab}/?.ts', 'chat/a.ts', true],
  ['{chat,collab}/?.ts', 'chat/ab.ts', false],
  ['{chat,collab}/?.ts', 'other/a.ts', false],
  ['a+(b)/[c].ts', 'a+(b)/[c].ts', true],
  ['a{b.ts', 'a{b.ts', true],
  ['./x/../y/*.ts', 'y/a.ts', true],
])('%s matches %s: %s', (pattern, file, wanted) => {
  expect(parseGlob(pattern, '/root').matches(`/root/${file}`)).toBe(wanted);
});

test.each([
  ['contracts/**/*.ts', '/root/contracts'],
  ['*.ts', '/root'],
  ['a/b/c.ts', '/root/a/b'],
  ['/other/*.ts', '/other'],
  ['a/{b,c}/d.ts', '/root/a'],
])('the base of %s is %s', (pattern, base) => {
  expect(parseGlob(pattern, '/root').base).toBe(base);
});

test.each([
  ['a.ts', false],
  ['*.ts', true],
  ['{a,b}.ts', true],
])('%s is a pattern: %s', (text, wanted) => {
  expect(isPattern(text)).toBe(wanted);
});

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'sockeye-glob-'));
  for (const file of ['b.ts', 'a.ts', 'x/c.ts', 'node_modules/d.ts', '.cache/e.ts', 'x/f.js']) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), '');
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('expands to sorted files, outside node_modules and hidden folders', async () => {
  const files = await expandGlob(parseGlob('**/*.ts', root));
  expect(files.map((file) => path.relative(root, file))).toEqual(['a.ts', 'b.ts', 'x/c.ts']);
});

test('expands to nothing where the folder is missing', async () => {
  expect(await expandGlob(parseGlob('nowhere/*.ts', root))).toEqual([]);
});
