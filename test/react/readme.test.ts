import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** Compiled and linted as a part of this repository. */
const source = readFileSync(path.join(import.meta.dirname, 'readme.tsx'), 'utf8');
const readme = readFileSync(path.join(import.meta.dirname, '../../clients/react/README.md'), 'utf8');

const test = readFileSync(path.join(import.meta.dirname, 'component.test.tsx'), 'utf8');

it('the test of the README is one that runs', () => {
  expect(readme).toContain(test.slice(test.indexOf('\ntest(')));
});

it('the example of the README is one that compiles', () => {
  const [example] = source.split('\ndeclare function');
  const shown = example?.replaceAll(/'\.\.\/golden\/board\/out\/(.+)\.ts'/g, "'./generated/$1.js'").trimEnd();
  expect(/```tsx\n(.+?)\n```/s.exec(readme)?.[1]).toBe(shown);
});
