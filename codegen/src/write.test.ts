import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCollisions, generatedHeader, refusal, writeFiles, type WriteMemory } from './write.ts';

let root = '';
beforeEach(async () => (root = await mkdtemp(path.join(tmpdir(), 'sockeye-write-'))));
afterEach(() => rm(root, { recursive: true, force: true }));

const at = (file: string): string => path.join(root, file);
const ours = `${generatedHeader}from x; do not edit.\n`;
const write = (files: Readonly<Record<string, string>>, folders: readonly string[] = ['out']) =>
  writeFiles(
    Object.entries(files).map(([file, text]) => ({ path: at(file), text })),
    { folders: folders.map(at), root },
  );

describe('writeFiles', () => {
  test('creates folders and files', async () => {
    const result = await write({ 'out/deep/a.gen.ts': 'a', 'out/b.gen.ts': 'b' });
    expect(result).toEqual({
      written: [at('out/b.gen.ts'), at('out/deep/a.gen.ts')],
      unchanged: [],
      removed: [],
      diagnostics: [],
    });
    expect(await readFile(at('out/deep/a.gen.ts'), 'utf8')).toBe('a');
  });

  test('leaves a file alone whose bytes are right, and replaces one of another text', async () => {
    await write({ 'out/a.gen.ts': 'ä', 'out/b.gen.ts': 'b' });
    const before = await stat(at('out/a.gen.ts'));
    const result = await write({ 'out/a.gen.ts': 'ä', 'out/b.gen.ts': 'c' });
    expect(result).toMatchObject({ written: [at('out/b.gen.ts')], unchanged: [at('out/a.gen.ts')] });
    const after = await stat(at('out/a.gen.ts'));
    expect([after.mtimeMs, after.ino]).toEqual([before.mtimeMs, before.ino]);
    expect(await readdir(at('out'))).toEqual(['a.gen.ts', 'b.gen.ts']);
  });

  test.each([
    ['text', 'a\nb\n', 'a\r\nb\r\n', 'unchanged'],
    ['another text', 'a\nc\n', 'a\r\nb\r\n', 'written'],
    ['text, and a line of its own', 'a\nb\n', 'a\r\nb\r\n\r\n', 'written'],
  ] as const)('finds %s in a file whose lines end as on Windows', async (_name, text, found, status) => {
    await mkdir(at('out'));
    await writeFile(at('out/a.gen.ts'), found);
    expect((await write({ 'out/a.gen.ts': text }))[status]).toEqual([at('out/a.gen.ts')]);
    expect(await readFile(at('out/a.gen.ts'), 'utf8')).toBe(status === 'written' ? text : found);
  });

  test.each([
    ['wrote itself', 'b', 'b', 'c', 'written'],
    ['wrote itself, and is to write again', 'b', 'b', 'b', 'unchanged'],
    ['somebody else has changed', 'b', 'x', 'b', 'written'],
    ['somebody else has changed to what it is to be', 'b', 'c', 'c', 'unchanged'],
    ['somebody else has removed', 'b', undefined, 'b', 'written'],
  ] as const)('looks again at a file that it %s', async (_name, first, found, second, status) => {
    const memory: WriteMemory = new Map();
    const run = (text: string) =>
      writeFiles([{ path: at('out/a.gen.ts'), text }], { folders: [], root, memory });
    await run(first);
    if (found === undefined) await rm(at('out/a.gen.ts'));
    else if (found !== first) await writeFile(at('out/a.gen.ts'), found);
    expect((await run(second))[status]).toEqual([at('out/a.gen.ts')]);
    expect(await readFile(at('out/a.gen.ts'), 'utf8')).toBe(second);
  });

  test('removes orphans that carry its header, in its folders, and nothing else', async () => {
    const foreign = {
      'out/hand.gen.ts': 'export {};\n',
      'out/late.gen.ts': `\n${ours}`,
      'out/ours.ts': ours,
      'out/inner/ours.gen.ts': ours,
      'elsewhere/ours.gen.ts': ours,
    };
    for (const [file, text] of Object.entries({ ...foreign, 'out/orphan.gen.ts': ours })) {
      await mkdir(path.dirname(at(file)), { recursive: true });
      await writeFile(at(file), text);
    }
    await mkdir(at('out/folder.gen.ts'));
    await symlink(at('elsewhere/ours.gen.ts'), at('out/link.gen.ts'));
    const result = await write({ 'out/a.gen.ts': 'a' });
    expect(result.removed).toEqual([at('out/orphan.gen.ts')]);
    for (const [file, text] of Object.entries(foreign)) expect(await readFile(at(file), 'utf8')).toBe(text);
    expect(await readdir(at('out'))).toContain('link.gen.ts');
  });

  test('is content with a folder that is not there', async () => {
    expect(await write({})).toEqual({ written: [], unchanged: [], removed: [], diagnostics: [] });
  });

  test('says what the disk refused, does the rest and removes nothing', async () => {
    await mkdir(at('out/a.gen.ts'), { recursive: true });
    await writeFile(at('out/orphan.gen.ts'), ours);
    await writeFile(at('file'), '');
    const result = await write({ 'out/a.gen.ts': 'a', 'out/b.gen.ts': 'b', 'file/c.gen.ts': 'c' });
    expect(result.written).toEqual([at('out/b.gen.ts')]);
    expect(result.removed).toEqual([]);
    expect(result.diagnostics.map(({ file, message }) => [file, message])).toEqual([
      ['out/a.gen.ts', 'Could not write: a folder with that name exists.'],
      ['file/c.gen.ts', 'Could not write: a file exists where a folder is needed.'],
    ]);
    expect((await readdir(at('out'))).sort()).toEqual(['a.gen.ts', 'b.gen.ts', 'orphan.gen.ts']);
  });
});

test.each([
  ['EACCES', 'Could not write: permission was denied.'],
  ['EROFS', 'Could not write: the file system is read-only.'],
  ['ENOSPC', 'Could not write: the disk is full.'],
  ['EMFILE', 'Could not write: EMFILE.'],
])('%s is told as: %s', (code, message) => {
  expect(refusal(Object.assign(new Error('no'), { code }), 'out/a.gen.ts')).toMatchObject({
    id: 'cannot-write',
    level: 'error',
    message,
    file: 'out/a.gen.ts',
  });
});

test('two files of one path collide, also where only capitals differ', () => {
  const files = ['out/a.gen.ts', 'out/b.gen.ts', 'out/A.gen.ts'].map((file) => ({
    path: at(file),
    text: '',
  }));
  expect(findCollisions(files.slice(0, 2), root)).toEqual([]);
  expect(findCollisions(files, root)).toMatchObject([
    { id: 'output-collision', message: 'Two contracts would be generated into out/A.gen.ts.' },
  ]);
});
