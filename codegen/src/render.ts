import path from 'node:path';
import { modelHash } from './canonical.ts';
import type { Diagnostic } from './diagnostics.ts';
import { generate } from './generate.ts';
import type { LoadedContract } from './load.ts';
import { writeLock } from './lock.ts';
import type { ContractModel } from './model.ts';
import type { ResolvedConfig, ResolvedOutput } from './resolve-config.ts';
import { findCollisions, type OutputFile } from './write.ts';

/** All outputs of a configuration, before they are written. */
export interface Rendered {
  readonly models: readonly ContractModel[];
  readonly files: readonly OutputFile[];
  /** If one of them is an error, do not use the models and files. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface RenderOptions {
  readonly config: ResolvedConfig;
  /** Files in diagnostics are relative to it. Absolute. */
  readonly cwd: string;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Whether to cache the text of events between runs. Default: false. */
  readonly remembers?: boolean | undefined;
}

/** Prints the files of every output, and the locks, from models. Pure. */
export function render(contracts: readonly LoadedContract[], options: RenderOptions): Rendered {
  const models: ContractModel[] = [];
  const files: OutputFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, loaded] of contracts.entries()) {
    options.onProgress?.(`Generating ${loaded.name} (${index + 1} of ${contracts.length})`);
    const { model, diagnostics: found } = loaded.built;
    diagnostics.push(...found);
    if (found.some(({ level }) => level === 'error')) continue;
    models.push(model);
    const generated = renderModel(model, { loaded, config: options.config, remembers: options.remembers });
    files.push(...generated.files);
    files.push({
      path: path.join(options.config.lock, `${model.name}.lock.json`),
      text: writeLock(model),
    });
    diagnostics.push(...generated.diagnostics);
  }
  return { models, files, diagnostics: [...diagnostics, ...findCollisions(files, options.cwd)] };
}

function renderModel(
  model: ContractModel,
  {
    loaded,
    config,
    remembers,
  }: {
    readonly loaded: LoadedContract;
    readonly config: ResolvedConfig;
    readonly remembers: boolean | undefined;
  },
): Pick<Rendered, 'files' | 'diagnostics'> {
  const { file, exportName } = loaded;
  const { command, root, uncompiled, validators } = config;
  const source = forwardSlashes(path.relative(root, file));
  const hash = modelHash(model);
  const generated = config.outputs.map(({ dir, targets, importExtension, contractsFrom }) => {
    const contractImport = contractsFrom ?? importPath(dir, file, importExtension);
    const output = generate(model, {
      targets,
      exportName,
      contractImport,
      source,
      hash,
      command,
      importExtension,
      validators,
      uncompiled,
      remembers,
    });
    const files = output.files.map(({ path: name, text }) => ({ path: path.join(dir, name), text }));
    return { files, diagnostics: output.diagnostics };
  });
  return {
    files: generated.flatMap(({ files }) => files),
    diagnostics: generated.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Specifier by which a file in `dir` imports a module of the project. */
function importPath(dir: string, file: string, extension: ResolvedOutput['importExtension']): string {
  const relative = forwardSlashes(path.relative(dir, file));
  const local = relative.startsWith('.') ? relative : `./${relative}`;
  if (extension === '.ts') return local;
  return local.replace(/\.([mc]?)[jt]s$/, extension === '' ? '' : '.$1js');
}

function forwardSlashes(file: string): string {
  return file.split(path.sep).join('/');
}
