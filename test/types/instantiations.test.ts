import { beforeAll, expect, it } from 'vitest';
import { createProject } from '../bench/typecheck/measure.ts';
import { syntheticModel } from '../bench/typecheck/synthetic-model.ts';

/** Four compilations a size. */
const timeoutMs = 240_000;

const sizes = [100, 1_000] as const;
const found: { size: number; methods: number; keys: number }[] = [];

beforeAll(async () => {
  for (const size of sizes) {
    using project = await createProject(syntheticModel(size), 'declarations');
    const idle = await project.measure('idle');
    const methods = await project.measure('methods');
    const keys = await project.measure('keys');
    found.push({
      size,
      methods: methods.instantiations - idle.instantiations,
      keys: keys.instantiations - idle.instantiations,
    });
  }
}, timeoutMs);

it('takes at most 100 instantiations for 50 uses of generated methods', () => {
  for (const { methods } of found) expect(methods).toSatisfy((count: number) => count > 0 && count <= 100);
});

it('takes at most 1,300 instantiations for 50 uses by string keys', () => {
  for (const { keys } of found) expect(keys).toSatisfy((count: number) => count > 0 && count <= 1_300);
});

it('takes the same for a contract ten times the size', () => {
  const [small, large] = found;
  expect(large).toEqual({ ...small, size: 1_000 });
});
