import { expect, it } from 'vitest';
import { bundle, strangers } from './bundle.ts';

const client = '@sockeye/client/codegen';
const demo = (binding: string, target: string) =>
  `'./clients/${binding}/demo/src/generated/collab.${target}.gen.ts'`;

it.each(['react', 'angular'])(
  'the reference client for %s brings neither Zod nor any other package',
  async (binding) => {
    const source = `export * from ${demo(binding, binding)}; export * from ${demo(binding, 'client')}`;
    const made = await bundle(source);
    expect(strangers(made)).toEqual([]);
    expect(made.modules.some(([module]) => module.endsWith('collab.validators.gen.ts'))).toBe(true);
  },
);

it('Zod in a bundle is noticed', async () => {
  const made = await bundle(`export { collab } from './contracts/collab/collab.contract.ts'`);
  expect(strangers(made).some((module) => module.includes('node_modules/zod/'))).toBe(true);
});

it.each([
  ['core', `export { defineClient } from '${client}'`, 7_250],
  [
    'core and React',
    `export { defineClient } from '${client}'; export { defineReact } from '@sockeye/react/codegen'`,
    8_300,
  ],
  [
    'core and Angular',
    `export { defineClient } from '${client}'; export { defineAngular } from '@sockeye/angular/codegen'`,
    8_000,
  ],
])('%s stays below its budget in bytes, compressed', async (_, source, budget) => {
  expect((await bundle(source)).gzip).toBeLessThan(budget);
});

it.each([
  ['answers', 'answers.ts'],
  ['batches', 'batches.ts'],
  ['durable', 'durable/logs.ts'],
  ['once', 'commands.ts'],
  ['projections', 'projections/projection.ts'],
])('%s is carried only where it is handed in', async (feature, module) => {
  const holds = async (source: string) =>
    (await bundle(source)).modules.some(([name]) => name === `clients/core/src/${module}`);
  expect(await holds(`export { defineClient } from '${client}'`)).toBe(false);
  expect(await holds(`export { defineClient, ${feature} } from '${client}'`)).toBe(true);
});
