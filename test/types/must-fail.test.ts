import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compilerErrors, root, type CompilerError } from '../compilers.ts';

const folder = 'test/types/must-fail';
const fixtures = readdirSync(path.join(root, folder)).sort();

/** One compilation of all fixtures. */
const timeoutMs = 120_000;

let errors: CompilerError[];

beforeAll(async () => {
  errors = await compilerErrors('typescript', 'test/types/tsconfig.json');
}, timeoutMs);

describe('the compiler refuses, on the very line', () => {
  it.each(fixtures)('%s', (fixture) => {
    const found = errors
      .filter(({ file }) => file === `${folder}/${fixture}`)
      .map(({ line, code }) => `${line}: ${code}`);
    const wanted = expectations(readFileSync(path.join(root, folder, fixture), 'utf8'));
    expect(wanted.length, 'A fixture without an expectation proves nothing.').toBeGreaterThan(0);
    expect(found).toEqual(wanted);
  });
});

it('and nothing that is right', () => {
  expect(errors.filter(({ file }) => file.startsWith('test/types/') && !file.startsWith(folder))).toEqual([]);
});

/** `line: code` of every `// expect: TS…` comment; several codes are separated by commas. */
function expectations(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const codes = /\/\/ expect: (TS\d+(?:, TS\d+)*)$/.exec(line)?.[1]?.split(', ') ?? [];
    return codes.map((code) => `${index + 1}: ${code}`);
  });
}
