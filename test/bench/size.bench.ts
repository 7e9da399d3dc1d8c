import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundle, strangers, type Bundle, type BundleOptions } from './size/bundle.ts';
import { table } from './statistics.ts';

const root = path.resolve(import.meta.dirname, '../..');
const client = '@sockeye/client/codegen';
const noValidators: BundleOptions = { without: ['.validators.gen.ts'] };

interface Row {
  readonly name: string;
  readonly source: string;
  readonly options?: BundleOptions;
}

/** Generated for both bindings: a contract with logs, presence and projections, and a small one with none of them. */
const contracts = [
  { name: 'collab', folder: (binding: string) => `./clients/${binding}/demo/src/generated` },
  { name: 'board', folder: () => './test/golden/board/out' },
];

const withRooms = `export { defineClient, rooms } from '${client}'`;

const rows: readonly Row[] = [
  { name: 'core: events and requests', source: `export { defineClient } from '${client}'` },
  { name: 'core + rooms', source: withRooms },
  ...['answers', 'batches', 'durable', 'once'].map((feature) => ({
    name: `core + rooms + ${feature}`,
    source: `${withRooms}; export { ${feature} } from '${client}'`,
  })),
  ...['collection', 'expiring', 'feed', 'latest', 'presence'].map((kind) => ({
    name: `core + rooms + projections, of the kind ${kind}`,
    source: `${withRooms}; export { projections, ${kind} } from '${client}'`,
  })),
  {
    name: 'core + rooms + projections of every kind',
    source: `${withRooms}; export { collection, expiring, feed, latest, presence, projections } from '${client}'`,
  },
  {
    name: 'core + rooms + durable + cursors that outlive a page',
    source: `${withRooms}; export { durable } from '${client}'; export { webStorageCursors } from '@sockeye/client'`,
  },
  {
    name: 'core + rooms + once + commands that outlive a page',
    source: `${withRooms}; export { once } from '${client}'; export { webStorageOutbox } from '@sockeye/client'`,
  },
  { name: 'core + everything', source: `export * from '${client}'; export * from '@sockeye/client'` },
  ...['react', 'angular'].flatMap((binding) => {
    const define = `define${binding.charAt(0).toUpperCase()}${binding.slice(1)}`;
    const adapter = `export { ${define} } from '@sockeye/${binding}/codegen'`;
    return [
      { name: `core + ${binding}`, source: `export { defineClient } from '${client}'; ${adapter}` },
      { name: `core + rooms + ${binding}`, source: `${withRooms}; ${adapter}` },
      ...contracts.flatMap(({ name, folder }) => {
        const file = (target: string) => `${folder(binding)}/${name}.${target}.gen.ts`;
        const source = [binding, 'client'].map((target) => `export * from '${file(target)}'`).join(';');
        return [
          { name: `${name} for ${binding}, its validators left out`, source, options: noValidators },
          { name: `${name} for ${binding}`, source },
        ].filter(() => existsSync(path.join(root, file(binding))));
      }),
    ];
  }),
];

/** What a browser loads over Socket.IO's own client and the framework. Fails when a bundle holds something foreign. */
export async function run(): Promise<void> {
  const made: (readonly [string, Bundle])[] = [];
  for (const { name, source, options } of rows) made.push([name, await bundle(source, options)]);
  console.log(
    'Minified by esbuild for browsers of 2022; Socket.IO, React, Angular and RxJS are not counted.\n',
  );
  console.log(
    table(
      ['bundle', 'kB', 'kB gzip'],
      made.map(([name, { raw, gzip }]) => [name, kB(raw), kB(gzip)]),
    ),
  );
  const [name, whole] = made.reduce((largest, each) => (each[1].raw > largest[1].raw ? each : largest));
  console.log(`\nThe largest modules of "${name}":\n`);
  console.log(
    table(
      ['module', 'kB'],
      whole.modules.slice(0, 12).map(([module, bytes]) => [module, kB(bytes)]),
    ),
  );
  const foreign = made.flatMap(([name, each]) => strangers(each).map((module) => `${name}: ${module}`));
  if (foreign.length === 0) return console.log('\nNo bundle holds Zod, a server or any other package.');
  console.error(`\nForeign modules:\n${foreign.join('\n')}`);
  process.exitCode = 1;
}

function kB(bytes: number): string {
  return (bytes / 1_000).toFixed(2);
}
