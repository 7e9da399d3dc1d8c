import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from '../../../codegen/src/generate.ts';
import type { ContractModel } from '../../../codegen/src/model.ts';
import { root, runCompiler, type Compiler } from '../../compilers.ts';
import { consumer, type Style } from './consumer.ts';

/** What a compiler says of one project. */
export interface Cost {
  /** Exact: the same on every machine. */
  readonly instantiations: number;
  /** In seconds. */
  readonly checkTime: number;
  /** In seconds. */
  readonly totalTime: number;
  /** In megabytes (10⁶ bytes). */
  readonly memory: number;
}

/** A generated client on disk, beside which consumers can be type-checked. */
export interface Project extends Disposable {
  /** Type-checks a module that uses the client, and whatever of the client it needs. */
  readonly measure: (style: Style) => Promise<Cost>;
}

/** How consumers see the client: as the generated files, checked along with them, or as declarations of those. */
export type Form = 'source' | 'declarations';

/** Writes a client of the model into a folder of its own. */
export async function createProject(
  model: ContractModel,
  form: Form,
  compiler: Compiler = 'typescript',
): Promise<Project> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sockeye-typecheck-'));
  const client = path.join(folder, 'client');
  mkdirSync(client);
  writeClient(client, model);
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  if (form === 'declarations') await declare(folder, client);
  return {
    async measure(style) {
      writeFileSync(path.join(client, 'consumer.ts'), consumer(model, style));
      const output = await runCompiler(compiler, ['-p', writeConfig(folder), '--extendedDiagnostics']);
      const errors = output.split('\n').filter((line) => line.includes('error TS'));
      if (errors.length > 0) throw new Error(errors.slice(0, 10).join('\n'));
      return readCost(output);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

function writeClient(folder: string, model: ContractModel): void {
  const { files, diagnostics } = generate(model, {
    targets: ['client'],
    exportName: 'load',
    contractImport: './load.contract.js',
    source: 'load.contract.ts',
    hash: '0',
  });
  const errors = diagnostics.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  for (const file of files) writeFileSync(path.join(folder, file.path), file.text);
}

/** Puts declarations in the place of the generated files. */
async function declare(folder: string, client: string): Promise<void> {
  const project = writeConfig(folder, {
    noEmit: false,
    noCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    allowImportingTsExtensions: false,
    rootDir: client,
    outDir: client,
  });
  await runCompiler('typescript', ['-p', project]);
  for (const kind of ['client', 'types', 'validators']) rmSync(path.join(client, `load.${kind}.gen.ts`));
}

function writeConfig(folder: string, compilerOptions: object = {}): string {
  const file = path.join(folder, 'tsconfig.json');
  const config = {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: { types: [], ...compilerOptions },
    include: ['client/*.ts'],
    exclude: [],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function readCost(output: string): Cost {
  const read = (label: string) => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(output)?.[1]);
  return {
    instantiations: read('Instantiations'),
    checkTime: read('Check time'),
    totalTime: read('Total time'),
    memory: read('Memory used') / 1_000,
  };
}
