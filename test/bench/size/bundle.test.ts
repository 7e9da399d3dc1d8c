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
  ['answers', client, 'answers.ts'],
  ['batches', client, 'batches.ts'],
  ['durable', client, 'durable/logs.ts'],
  ['once', client, 'commands.ts'],
  ['projections', client, 'projections/projection.ts'],
  ['rooms', client, 'room.ts'],
  ['webStorageCursors', '@sockeye/client', 'durable/cursors.ts'],
  ['webStorageOutbox', '@sockeye/client', 'outbox.ts'],
])('%s is carried only where it is handed in', async (part, from, module) => {
  const holds = async (...sources: readonly string[]) =>
    (await bundle(sources.join(';'))).modules.some(([name]) => name === `clients/core/src/${module}`);
  const without = `export { defineClient${from === client ? '' : ', durable, once'} } from '${client}'`;
  expect(await holds(without)).toBe(false);
  expect(await holds(without, `export { ${part} } from '${from}'`)).toBe(true);
});
