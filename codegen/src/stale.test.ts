import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStale, timesOf } from './stale.ts';

const start = Date.parse('2026-11-21T08:00:00Z');
let root = '';
beforeEach(async () => (root = await mkdtemp(path.join(tmpdir(), 'sockeye-stale-'))));
afterEach(() => rm(root, { recursive: true, force: true }));

/** A file that was written so many seconds after the start; `undefined` for none. */
async function file(name: string, seconds: number | undefined): Promise<string> {
  const full = path.join(root, name);
  if (seconds === undefined) await rm(full, { force: true });
  else {
    await writeFile(full, '');
    await utimes(full, start / 1_000 + seconds, start / 1_000 + seconds);
  }
  return full;
}

test.each<[name: string, before: number | undefined, after: number | undefined, stale: boolean]>([
  ['untouched', -5, -5, false],
  ['written during the run', -5, 1, true],
  ['written with an older time, as by a checkout', -5, -9, true],
  ['removed', -5, undefined, true],
  ['made', undefined, 1, true],
  ['still missing', undefined, undefined, false],
  ['of the future, untouched', 999, 999, false],
])('a known file, %s', async (_name, before, after, stale) => {
  const known = await file('a.ts', before);
  const times = await timesOf([known]);
  await file('a.ts', after);
  expect(await isStale([known], { before: times, start })).toBe(stale);
});

test.each<[name: string, seconds: number | undefined, stale: boolean]>([
  ['older than the run', -1, false],
  ['younger than the run', 1, true],
  ['missing', undefined, false],
])('a file that the run found to need, %s', async (_name, seconds, stale) => {
  expect(await isStale([await file('a.ts', seconds)], { before: new Map(), start })).toBe(stale);
});
