// @vitest-environment node
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** Compiled with strict templates as a part of this repository. */
const source = readFileSync(path.join(import.meta.dirname, 'readme.ts'), 'utf8');
const readme = readFileSync(path.join(import.meta.dirname, '../../clients/angular/README.md'), 'utf8');

const test = readFileSync(path.join(import.meta.dirname, 'component.test.ts'), 'utf8');

it('the test of the README is one that runs', () => {
  expect(readme).toContain(test.slice(test.indexOf('\ntest(')));
});

it('the example of the README is one that compiles', () => {
  const [example] = source.split('\ndeclare abstract');
  const shown = example?.replaceAll(/'\.\.\/golden\/board\/out\/(.+)\.ts'/g, "'./generated/$1'").trimEnd();
  expect(/```ts\n(import .+?)\n```/s.exec(readme)?.[1]).toBe(shown);
});
