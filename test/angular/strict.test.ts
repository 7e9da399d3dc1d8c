// @vitest-environment node
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ngcErrors, plantedErrors } from './ngc.ts';

const planted = path.join(import.meta.dirname, 'must-fail/templates.ts');

/** One compilation of two contracts' files, their runtimes and the components that use them. */
const timeoutMs = 120_000;

let errors: readonly string[];

beforeAll(async () => {
  errors = await ngcErrors(path.join(import.meta.dirname, 'strict'));
}, timeoutMs);

it("Angular's compiler refuses wrong templates, on the very line", () => {
  const wanted = plantedErrors(planted);
  expect(wanted.length).toBeGreaterThan(5);
  expect(errors.filter((error) => error.startsWith(planted))).toEqual(wanted);
});

it('and nothing that is right, generated files included', () => {
  expect(errors.filter((error) => !error.startsWith(planted))).toEqual([]);
});
