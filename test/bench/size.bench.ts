import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundle, strangers, type Bundle, type BundleOptions } from './size/bundle.ts';
import { table } from './statistics.ts';

const root = path.resolve(import.meta.dirname, '../..');
const client = '@sockeye/client/codegen';
const generated = (binding: string, target: string) =>
  `./clients/${binding}/demo/src/generated/collab.${target}.gen.ts`;
const noValidators: BundleOptions = { without: ['.validators.gen.ts'] };

interface Row {
  readonly name: string;
  readonly source: string;
  readonly options?: BundleOptions;
}

const rows: readonly Row[] = [
  { name: 'core: events, requests, rooms', source: `export { defineClient } from '${client}'` },
  ...['answers', 'durable', 'once'].map((feature) => ({
    name: `core + ${feature}`,
    source: `export { defineClient, ${feature} } from '${client}'`,
  })),
  ...['collection', 'expiring', 'feed', 'latest', 'presence'].map((kind) => ({
    name: `core + projections, of the kind ${kind}`,
    source: `export { defineClient, projections, ${kind} } from '${client}'`,
  })),
  {
    name: 'core + projections of every kind',
    source: `export { collection, defineClient, expiring, feed, latest, presence, projections } from '${client}'`,
  },
  {
    name: 'core + durable + cursors that outlive a page',
    source: `export { defineClient, durable } from '${client}'; export { webStorageCursors } from '@sockeye/client'`,
  },
  {
    name: 'core + once + commands that outlive a page',
    source: `export { defineClient, once } from '${client}'; export { webStorageOutbox } from '@sockeye/client'`,
  },
  { name: 'core + everything', source: `export * from '${client}'; export * from '@sockeye/client'` },
  ...['react', 'angular'].flatMap((binding) => {
    const define = `define${binding.charAt(0).toUpperCase()}${binding.slice(1)}`;
    const adapter = `export { ${define} } from '@sockeye/${binding}/codegen'`;
    const collab = `export * from '${generated(binding, binding)}'; export * from '${generated(binding, 'client')}'`;
    return [
      { name: `core + ${binding}`, source: `export { defineClient } from '${client}'; ${adapter}` },
      { name: `collab for ${binding}, its validators left out`, source: collab, options: noValidators },
      { name: `collab for ${binding}`, source: collab },
    ].filter(() => existsSync(path.join(root, generated(binding, binding))));
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
  const [, whole] = made.at(-1)!;
  console.log(`\nThe largest modules of "${made.at(-1)![0]}":\n`);
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
