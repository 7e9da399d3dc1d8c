import { describe, expect, it } from 'vitest';
import { compilerErrors, compilers } from './compilers.ts';

/** Three compilers check some twenty files with their runtimes, one after the other. */
const timeoutMs = 240_000;

describe('generated files compile against the real runtimes', () => {
  it.each(compilers)(
    'with %s',
    async (compiler) => {
      const errors = await compilerErrors(compiler, 'test/golden/tsconfig.json');
      expect(errors.filter(({ file }) => file.startsWith('test/golden/'))).toEqual([]);
    },
    timeoutMs,
  );
});
