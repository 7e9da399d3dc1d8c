import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { failureModes } from './failure-modes.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Whether a file holds a test of that title. */
function holds(file: string, title: string): boolean {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [`'`, '"', '`'].some((quote) => text.includes(quote + title + quote));
}

it('all 32 of them are there', () => {
  expect(Object.keys(failureModes).map(Number)).toEqual(Array.from({ length: 32 }, (_, n) => n + 1));
});

it.each(Object.entries(failureModes))('%s has tests, or a reason', (_, { tests = [], reason }) => {
  expect(tests.length > 0 || reason !== undefined).toBe(true);
  expect(tests.filter(([file, title]) => !holds(file, title))).toEqual([]);
});

it('a title that is not there is noticed', () => {
  const [, title] = failureModes[1]!.tests![0]!;
  expect(holds('test/client/connection.test.ts', title)).toBe(true);
  expect(holds('test/client/connection.test.ts', title.slice(1))).toBe(false);
});
