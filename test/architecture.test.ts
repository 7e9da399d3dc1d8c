import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches, importsOf, sourcesBelow } from './architecture/walls.ts';

const root = path.resolve(import.meta.dirname, '..');
const sample = path.join(import.meta.dirname, 'architecture/bad-sample');
const sources = sourcesBelow(root, ['contracts', 'codegen', 'server', 'clients', 'test']);

describe('architecture', () => {
  it('imports go one way', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(breaches(root, sources)).toEqual([]);
  }, 60_000);

  it('the wall is proved by a sample that breaks it everywhere', () => {
    const files = readdirSync(sample, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.split(path.sep).join('/'))
      .sort();
    const found = breaches(sample, files).map((breach) => breach.file);
    const good = ['contracts/src/good.ts', 'server/app/stores/lmdb.ts'];
    expect(found).toEqual(files.filter((file) => !good.includes(file)));
  });

  it('what a client imports of the contract never leads to Zod or Node', () => {
    const seen = new Set<string>();
    const visit = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const specifier of importsOf(path.join(root, file))) {
        expect(specifier, `an import of ${file}`).toMatch(/^\.\//);
        visit(path.posix.join(path.posix.dirname(file), specifier));
      }
    };
    visit('contracts/src/wire.ts');
    expect(seen.size).toBeGreaterThan(5);
  });

  it.each(sources)('%s has a name that says something, and a size to feel at home with', (file) => {
    const name = path.posix.basename(file);
    expect(name).toMatch(
      /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|test-d|suite|fixture|contract|bench|config|d|[a-z]+\.gen))?\.tsx?$/,
    );
    expect(name).not.toMatch(/^(utils?|helpers?|common|misc)\./);
    if (file.includes('/generated/') || file.endsWith('.gen.ts')) return;
    expect(readFileSync(path.join(root, file), 'utf8').split('\n').length).toBeLessThanOrEqual(401);
  });

  it('a process ends in the file of its program only', () => {
    const enders = sources.filter(
      (file) =>
        !file.startsWith('test/') &&
        /\bprocess\.exit(Code)?\b/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(
      enders.filter(
        (file) => !['codegen/src/cli.ts', 'server/app/cluster/main.ts', 'server/app/main.ts'].includes(file),
      ),
    ).toEqual([]);
  });
});
