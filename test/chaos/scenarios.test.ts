import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { scenarios } from './scenarios.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Whether a file holds a test of that title. */
function holds(file: string, title: string): boolean {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [`'`, '"', '`'].some((quote) => text.includes(quote + title + quote));
}

it('9 to 34 and 44 to 46 are there', () => {
  const wanted = [...Array.from({ length: 26 }, (_, n) => 9 + n), 44, 45, 46];
  expect(Object.keys(scenarios).map(Number)).toEqual(wanted);
});

it.each(Object.entries(scenarios))('%s has tests, or a reason', (_, { tests = [], reason }) => {
  expect(tests.length > 0 || reason !== undefined).toBe(true);
  expect(tests.filter(([file, title]) => !holds(file, title))).toEqual([]);
});

it('figures of the chaos report are named as it names them', () => {
  const program = readFileSync(path.join(root, 'test/chaos/chaos.ts'), 'utf8');
  const named = Object.values(scenarios).flatMap(({ report }) => (report === undefined ? [] : [report]));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((figure) => !program.includes(`\`${figure}`))).toEqual([]);
});

it('a title that is not there is noticed', () => {
  const [file, title] = scenarios[10]!.tests![0]!;
  expect(holds(file, title)).toBe(true);
  expect(holds(file, title.slice(1))).toBe(false);
});
