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

const adapters = {
  React: `export { defineReact } from '@sockeye/react/codegen'`,
  Angular: `export { defineAngular } from '@sockeye/angular/codegen'`,
};

it.each([
  ['core', ['defineClient'], '', 6_000],
  ['core with rooms', ['defineClient', 'rooms'], '', 7_200],
  ['core with rooms and React', ['defineClient', 'rooms'], adapters.React, 8_200],
  ['core with rooms and Angular', ['defineClient', 'rooms'], adapters.Angular, 7_900],
])('%s stays below its budget in bytes, compressed', async (_, parts, adapter, budget) => {
  const source = `export { ${parts.join(', ')} } from '${client}'; ${adapter}`;
  expect((await bundle(source)).gzip).toBeLessThan(budget);
});

it.each([
  ['react', 13_700],
  ['angular', 14_500],
])('the reference client for %s stays below its budget, its validators left out', async (binding, budget) => {
  const source = `export * from ${demo(binding, binding)}; export * from ${demo(binding, 'client')}`;
  expect((await bundle(source, { without: ['.validators.gen.ts'] })).gzip).toBeLessThan(budget);
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
