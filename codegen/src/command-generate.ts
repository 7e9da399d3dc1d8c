import { existsSync } from 'node:fs';
import path from 'node:path';
import { addPositions } from './add-positions.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { LoadedContract, Loader } from './load.ts';
import type { ResolvedConfig } from './resolve-config.ts';
import type { OutputFile, WriteResult } from './write.ts';

/** Options of {@link runGenerate}. */
export interface RunGenerateOptions {
  /** Folder to work in: the configuration is looked for there and paths are reported relative to it. Default: the process's. */
  readonly cwd?: string | undefined;
  /** Configuration file, relative to `cwd`. Default: the first of {@link configNames} that exists. */
  readonly config?: string | undefined;
  /** Told what is done next, for people who wait. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** What generating came to. */
export interface GenerateResult {
  /** `findings`: a contract has errors. `failed`: configuration or disk are in the way. Nothing is written then, except what the disk took. */
  readonly outcome: 'ok' | 'findings' | 'failed';
  readonly diagnostics: readonly Diagnostic[];
  /** How many contracts were read. */
  readonly contracts: number;
  /** Generated files, relative to `cwd`, sorted. */
  readonly files: readonly FileReport[];
  /** What the result depends on; absolute. */
  readonly inputs: Inputs;
}

export interface FileReport {
  readonly path: string;
  readonly status: 'written' | 'unchanged' | 'removed';
}

/** What a result depends on. */
export interface Inputs {
  /** Files that were read, configuration included. Absolute. */
  readonly files: readonly string[];
  /** What the configuration names as contracts, and the folder that it starts from. */
  readonly contracts: readonly string[];
  readonly root: string;
}

/** Names of a configuration file, in the order in which they are looked for. */
export const configNames = [
  'sockeye.config.ts',
  'sockeye.config.mts',
  'sockeye.config.js',
  'sockeye.config.mjs',
] as const;

/** Generates again and again; what did not change is not read twice. */
export interface Generator {
  run(): Promise<GenerateResult>;
  dispose(): Promise<void>;
}

/**
 * Generates everything that a configuration asks for. All or nothing: a contract with an error leaves the output of
 * every contract as it was.
 */
export async function runGenerate(options: RunGenerateOptions = {}): Promise<GenerateResult> {
  const generator = await createGenerator(options);
  try {
    return await generator.run();
  } finally {
    await generator.dispose();
  }
}

/** Makes a generator for `sockeye generate --watch`. */
export async function createGenerator(options: RunGenerateOptions): Promise<Generator> {
  const cwd = path.resolve(options.cwd ?? '.');
  // Read by the CPU while esbuild starts; nothing of it is needed before the first contract is there.
  const stages = Promise.all([
    import('./build-model.ts'),
    import('./canonical.ts'),
    import('./generate.ts'),
    import('./write.ts'),
  ]);
  stages.catch(() => undefined);
  const { createLoader } = await import('./load.ts');
  const loader = createLoader(cwd);
  const run = { cwd, loader, options, stages };
  return {
    async run() {
      const { modules, ...result } = await attempt(run);
      return { ...result, diagnostics: await addPositions(result.diagnostics, { cwd, modules }) };
    },
    dispose: () => loader.dispose(),
  };
}

interface Run {
  readonly cwd: string;
  readonly loader: Loader;
  readonly options: RunGenerateOptions;
  readonly stages: Promise<
    [
      typeof import('./build-model.ts'),
      typeof import('./canonical.ts'),
      typeof import('./generate.ts'),
      typeof import('./write.ts'),
    ]
  >;
}

/** A result whose findings may still lack their positions. */
interface Draft extends GenerateResult {
  /** Modules of contracts, by name; absolute. */
  readonly modules?: ReadonlyMap<string, string> | undefined;
}

async function attempt({ cwd, loader, options, stages }: Run): Promise<Draft> {
  const { onProgress = () => undefined } = options;
  const nothing: Draft = {
    outcome: 'failed',
    diagnostics: [],
    contracts: 0,
    files: [],
    inputs: { files: [], contracts: [], root: cwd },
  };
  const file = findConfig(options.config, cwd);
  if (typeof file !== 'string') return { ...nothing, diagnostics: [file] };

  onProgress(`Loading ${path.relative(cwd, file)}`);
  const loaded = await loader.config(file);
  const config = loaded.value;
  const inputs = {
    files: loaded.inputs,
    contracts: config?.contracts ?? [],
    root: config?.root ?? path.dirname(file),
  };
  if (config === undefined) return { ...nothing, diagnostics: loaded.diagnostics, inputs };

  onProgress('Loading contracts');
  const { value: contracts, diagnostics, inputs: sources } = await loader.contracts(config);
  const known = { ...nothing, inputs: { ...inputs, files: [...inputs.files, ...sources] } };
  if (contracts === undefined) {
    const failed = diagnostics.some(({ id }) => id === 'pattern-empty' || id === 'contract-missing');
    return { ...known, outcome: failed ? 'failed' : 'findings', diagnostics };
  }

  const rendered = await render(contracts, { config, cwd, onProgress, stages });
  const modules = new Map(contracts.map((contract) => [contract.name, contract.file]));
  const draft = { ...known, contracts: contracts.length, modules };
  if (rendered.diagnostics.some(({ level }) => level === 'error')) {
    return { ...draft, outcome: 'findings', diagnostics: rendered.diagnostics };
  }
  onProgress(`Writing ${rendered.files.length} files`);
  const [, , , { writeFiles }] = await stages;
  const done = await writeFiles(rendered.files, { folders: config.outputs.map(({ dir }) => dir), root: cwd });
  return {
    ...draft,
    outcome: done.diagnostics.length > 0 ? 'failed' : 'ok',
    diagnostics: [...rendered.diagnostics, ...done.diagnostics],
    files: reportFiles(done, cwd),
  };
}

interface RenderOptions {
  readonly config: ResolvedConfig;
  readonly cwd: string;
  readonly onProgress: (text: string) => void;
  readonly stages: Run['stages'];
}

async function render(
  contracts: readonly LoadedContract[],
  { config, cwd, onProgress, stages }: RenderOptions,
): Promise<{ readonly files: readonly OutputFile[]; readonly diagnostics: readonly Diagnostic[] }> {
  const [{ buildModel }, { modelHash }, { generate }, { findCollisions }] = await stages;
  const files: OutputFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, { contract, name, file, exportName }] of contracts.entries()) {
    onProgress(`Generating ${name} (${index + 1} of ${contracts.length})`);
    const built = buildModel(contract);
    diagnostics.push(...built.diagnostics);
    if (built.diagnostics.some(({ level }) => level === 'error')) continue;
    const hash = modelHash(built.model);
    for (const { dir, targets } of config.outputs) {
      const generated = generate(built.model, {
        targets,
        exportName,
        contractImport: importPath(dir, file, config.importExtension),
        source: forwardSlashes(path.relative(config.root, file)),
        hash,
        command: config.command,
        importExtension: config.importExtension,
        validators: config.validators,
      });
      diagnostics.push(...generated.diagnostics);
      files.push(...generated.files.map(({ path: local, text }) => ({ path: path.join(dir, local), text })));
    }
  }
  return { files, diagnostics: [...diagnostics, ...findCollisions(files, cwd)] };
}

/** The absolute path of the configuration, or why there is none. */
function findConfig(config: string | undefined, cwd: string): string | Diagnostic {
  const candidates = config === undefined ? configNames : [config];
  const found = candidates.map((name) => path.resolve(cwd, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  return {
    id: 'config-missing',
    level: 'error',
    message:
      config === undefined
        ? `There is no ${configNames[0]} in ${cwd}.`
        : `There is no configuration "${config}".`,
    hint: 'Write one that exports defineConfig({ contracts: [...], outputs: [...] }), or name yours with --config <path>.',
  };
}

/** Specifier by which a file in `dir` imports a module of the project. */
function importPath(dir: string, file: string, extension: ResolvedConfig['importExtension']): string {
  const relative = forwardSlashes(path.relative(dir, file));
  const local = relative.startsWith('.') ? relative : `./${relative}`;
  if (extension === '.ts') return local;
  return local.replace(/\.([mc]?)[jt]s$/, extension === '' ? '' : '.$1js');
}

function forwardSlashes(file: string): string {
  return file.split(path.sep).join('/');
}

function reportFiles(done: WriteResult, cwd: string): readonly FileReport[] {
  return (['written', 'unchanged', 'removed'] as const)
    .flatMap((status) => done[status].map((file) => ({ path: path.relative(cwd, file), status })))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
