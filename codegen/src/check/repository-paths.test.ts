import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Report } from './finding.ts';
import { pathsFor } from './repository-paths.ts';

const root = mkdtempSync(path.join(tmpdir(), 'sockeye-'));
const cwd = path.join(root, 'packages/api');
mkdirSync(path.join(root, '.git'));
mkdirSync(cwd, { recursive: true });
afterAll(() => rmSync(root, { recursive: true }));

const finding = { id: 'x', level: 'error', message: 'm', hint: 'h' } as const;
const report: Report = {
  command: 'check',
  outcome: 'findings',
  findings: [{ ...finding, file: 'a.contract.ts' }, { ...finding, file: '../shared/b.contract.ts' }, finding],
  summary: '',
};
const files = (given: Report) => given.findings.map(({ file }) => file);

test.each(['github', 'gitlab', 'sarif'] as const)(
  '%s names files from the root of the repository',
  (format) => {
    const want = ['packages/api/a.contract.ts', 'packages/shared/b.contract.ts', undefined];
    expect(files(pathsFor(format, report, cwd))).toEqual(want);
  },
);

test.each(['text', 'json', 'markdown', 'junit'] as const)(
  '%s names them from the folder one works in',
  (format) => {
    expect(pathsFor(format, report, cwd)).toBe(report);
  },
);

test('outside of a repository nothing changes', () => {
  expect(pathsFor('github', report, tmpdir())).toBe(report);
});
