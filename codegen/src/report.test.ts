import { expect, test } from 'vitest';
import type { GenerateResult } from './command-generate.ts';
import type { Diagnostic, Level } from './diagnostics.ts';
import { changeLines, resultJson, summaryLine } from './report.ts';

const finding = (level: Level): Diagnostic => ({ id: 'x', level, message: 'X.' });
const files = [
  { path: 'a', status: 'removed' },
  { path: 'b', status: 'written' },
  { path: 'c', status: 'unchanged' },
] as const;
const result = (part: Partial<GenerateResult>): GenerateResult => ({
  outcome: 'ok',
  diagnostics: [],
  contracts: 1,
  files: [],
  inputs: { files: [], contracts: [], root: '/' },
  ...part,
});

test('a line for each file that changed', () => {
  expect(changeLines(files)).toBe('removed  a\nwritten  b\n');
});

test.each<[Partial<GenerateResult>, string]>([
  [{}, 'Generated 0 files (0 changed) from 1 contract in 0.31 s.\n'],
  [{ files, contracts: 2 }, 'Generated 2 files (2 changed) from 2 contracts in 0.31 s.\n'],
  [
    { files: files.slice(1, 2), diagnostics: [finding('warning'), finding('info')] },
    'Generated 1 file (1 changed) from 1 contract with 1 warning, 1 note in 0.31 s.\n',
  ],
  [
    { outcome: 'findings', diagnostics: [finding('error'), finding('warning'), finding('error')] },
    '2 errors, 1 warning; nothing was written in 0.31 s.\n',
  ],
  [
    { outcome: 'failed', diagnostics: [finding('error')], files },
    '1 error; 2 files changed before the error in 0.31 s.\n',
  ],
])('the summary of %j', (part, text) => {
  expect(summaryLine(result(part), 0.3149)).toBe(text);
});

test('JSON is one line, without what only a watcher needs', () => {
  expect(resultJson(result({ files: files.slice(1, 2), diagnostics: [finding('error')] }), 0.31491)).toBe(
    '{"outcome":"ok","seconds":0.315,"contracts":1,"files":[{"path":"b","status":"written"}],"diagnostics":[{"id":"x","level":"error","message":"X."}]}\n',
  );
});
