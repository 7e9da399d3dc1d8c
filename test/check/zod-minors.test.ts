import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const cache = path.join(root, 'test/.cache/zod-minors');

/** The oldest and the newest patch level of every minor that is supported, by the name it is installed under. */
const versions = { 'zod-4-5': '4.5.0', 'zod-4-6': '4.6.0', zod: '4.6.7' } as const;

const contracts = [
  ['contracts/collab/collab.contract.ts', 'contracts/lock/collab.lock.json'],
  ['contracts/chat/chat.contract.ts', 'contracts/lock/chat.lock.json'],
  ['contracts/notifications/notifications.contract.ts', 'contracts/lock/notifications.lock.json'],
] as const;

const goldens = readdirSync(path.join(root, 'test/golden'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `test/golden/${name}/in.contract.ts`)
  .sort();

/** Locks of contracts that were read with one version of Zod everywhere, by the contract's file. */
async function locksBy(packageName: string): Promise<Readonly<Record<string, string>>> {
  const files = [...contracts.map(([file]) => file), ...goldens];
  const imports = files.map((file, index) => `import * as c${index} from './${file}';`);
  const rows = files.map((file, index) => `${JSON.stringify(file)}: lockOf(c${index})`);
  const outfile = path.join(cache, `${packageName}.mjs`);
  await build({
    stdin: {
      contents: `
        import * as z from 'zod';
        import { isContract } from '@sockeye/contract';
        import { buildModel } from './codegen/src/build-model.ts';
        import { writeLock } from './codegen/src/lock.ts';
        ${imports.join('\n')}
        const lockOf = (module) => writeLock(buildModel(Object.values(module).find(isContract)).model);
        export const { major, minor, patch } = z.core.version;
        export const locks = { ${rows.join(', ')} };
      `,
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@sockeye/source'],
    alias: { zod: path.dirname(require.resolve(`${packageName}/package.json`)) },
    external: ['esbuild', 'ts-morph', 'chokidar', 'zod-to-json-schema'],
    logLevel: 'error',
  });
  const { major, minor, patch, locks } = (await import(pathToFileURL(outfile).href)) as {
    readonly [part in 'major' | 'minor' | 'patch']: number;
  } & { readonly locks: Readonly<Record<string, string>> };
  expect(`${major}.${minor}.${patch}`).toBe(versions[packageName as keyof typeof versions]);
  return locks;
}
const require = createRequire(import.meta.url);

describe('locks are the same bytes whatever the version of Zod', async () => {
  const [oldest, middle, newest] = await Promise.all(Object.keys(versions).map(locksBy));

  it.each(contracts)('%s', (file, lock) => {
    const committed = readFileSync(path.join(root, lock), 'utf8');
    expect(newest![file]).toBe(committed);
    expect(middle![file]).toBe(committed);
    expect(oldest![file]).toBe(committed);
  });

  it.each(goldens)('%s', (file) => {
    expect(middle![file]).toBe(newest![file]);
    expect(oldest![file]).toBe(newest![file]);
  });
});
