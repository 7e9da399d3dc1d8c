import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runGenerate } from '@sockeye/codegen';

const folder = path.resolve(import.meta.dirname, '../../.cache/bench');

/** Writes the generated server of the load contract, as a user's config would. */
export async function generateLoad(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const config = {
    contracts: ['../../bench/socket/load.contract.ts'],
    outputs: [{ dir: '.', targets: ['server', 'client'] }],
    importExtension: '.ts',
  };
  const file = path.join(folder, 'sockeye.config.mjs');
  await writeFile(file, `export default ${JSON.stringify(config)};\n`);
  const result = await runGenerate({ config: file });
  const errors = result.diagnostics.filter((diagnostic) => diagnostic.level === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
}
