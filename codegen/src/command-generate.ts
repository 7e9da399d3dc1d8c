import path from 'node:path';
import { addPositions } from './add-positions.ts';
import type { Diagnostic } from './diagnostics.ts';
import { loadProject, type Inputs, type ProjectOptions } from './load-project.ts';
import type { ContractModel } from './model.ts';
import type { WriteMemory, WriteResult } from './write.ts';

/** The result of generating. */
export interface GenerateResult {
  /**
   * `findings`: a contract has errors. `failed`: a configuration or disk error. Nothing is written in either case,
   * except files written before a disk error.
   */
  readonly outcome: 'ok' | 'findings' | 'failed';
  readonly diagnostics: readonly Diagnostic[];
  /** Number of contracts. */
  readonly contracts: number;
  /** Generated files, relative to `cwd`, sorted. */
  readonly files: readonly FileReport[];
  /** What the result depends on. */
  readonly inputs: Inputs;
}

export interface FileReport {
  readonly path: string;
  readonly status: 'written' | 'unchanged' | 'removed';
}

/** Generates repeatedly; unchanged files are not read again. */
export interface Generator {
  run(): Promise<GenerateResult>;
  /** Does everything except writing. */
  prepare(): Promise<Prepared>;
  dispose(): Promise<void>;
}

/** The result of generating, before anything is written. */
interface Prepared extends Pick<GenerateResult, 'outcome' | 'inputs'> {
  /** Writes the files, unless there is an error. */
  finish(): Promise<GenerateResult>;
}

/**
 * Generates all outputs of a configuration. All or nothing: if one contract has an error, every output stays as it
 * was.
 */
export async function runGenerate(options: ProjectOptions = {}): Promise<GenerateResult> {
  const generator = await createGenerator(options);
  try {
    return await generator.run();
  } finally {
    await generator.dispose();
  }
}

/**
 * Creates a generator.
 *
 * @param options.remembers Whether it runs repeatedly and therefore keeps unchanged results in memory.
 * Default: false.
 */
export async function createGenerator(
  options: ProjectOptions & { readonly remembers?: boolean },
): Promise<Generator> {
  const { remembers = false } = options;
  const cwd = path.resolve(options.cwd ?? '.');
  // Loaded while esbuild starts: not needed before the first contract is loaded.
  const stages = loadStages();
  stages.catch(() => undefined);
  const { createLoader } = await import('./load.ts');
  const loader = createLoader(cwd, { remembers });
  const models = new Map<string, ContractModel>();
  const memory: WriteMemory | undefined = remembers ? new Map() : undefined;

  const prepare = async (): Promise<Prepared> => {
    const project = await loadProject(loader, options);
    const { inputs, outcome } = project;
    const nothing = { contracts: 0, files: [], inputs };
    if (project.outcome !== 'ok') {
      const finish = async () => ({
        ...nothing,
        outcome,
        diagnostics: await addPositions(project.diagnostics, { cwd }),
      });
      return { outcome, inputs, finish };
    }

    const { config } = project;
    const { render, shareNodes, writeFiles } = await stages;
    const contracts = project.contracts.map((contract) => {
      if (!remembers) return contract;
      const model = shareNodes(contract.built.model, models.get(contract.name));
      return { ...contract, built: { ...contract.built, model } };
    });
    models.clear();
    if (remembers) for (const { name, built } of contracts) models.set(name, built.model);
    const rendered = render(contracts, { config, cwd, onProgress: options.onProgress, remembers });
    const modules = new Map(contracts.map(({ name, file }) => [name, file]));
    const diagnostics = await addPositions(rendered.diagnostics, { cwd, modules });
    const known = { ...nothing, contracts: contracts.length };
    if (diagnostics.some(({ level }) => level === 'error')) {
      const result = { ...known, outcome: 'findings', diagnostics } as const;
      return { outcome: 'findings', inputs, finish: async () => result };
    }

    const finish = async (): Promise<GenerateResult> => {
      options.onProgress?.(`Writing ${rendered.files.length} files`);
      const folders = [...config.outputs.map(({ dir }) => dir), config.lock];
      const done = await writeFiles(rendered.files, { folders, root: cwd, memory });
      return {
        ...known,
        outcome: done.diagnostics.length > 0 ? 'failed' : 'ok',
        diagnostics: [...diagnostics, ...done.diagnostics],
        files: reportFiles(done, cwd),
      };
    };
    return { outcome: 'ok', inputs, finish };
  };
  return {
    prepare,
    run: async () => (await prepare()).finish(),
    dispose: () => loader.dispose(),
  };
}

async function loadStages() {
  const [{ render }, { shareNodes }, { writeFiles }] = await Promise.all([
    import('./render.ts'),
    import('./share-nodes.ts'),
    import('./write.ts'),
  ]);
  return { render, shareNodes, writeFiles };
}

function reportFiles(done: WriteResult, cwd: string): readonly FileReport[] {
  return (['written', 'unchanged', 'removed'] as const)
    .flatMap((status) => done[status].map((file) => ({ path: path.relative(cwd, file), status })))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
