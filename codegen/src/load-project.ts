import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from './diagnostics.ts';
import type { LoadedContract, Loader } from './load.ts';
import type { ResolvedConfig } from './resolve-config.ts';

/** Where a project is, and a callback for progress. */
export interface ProjectOptions {
  /**
   * Folder to work in: the configuration is searched there, and reported paths are relative to it. Default: that of
   * the process.
   */
  readonly cwd?: string | undefined;
  /** Configuration file, relative to `cwd`. Default: the first of {@link configNames} that exists. */
  readonly config?: string | undefined;
  /** Called with a description of each step, for display. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** What a run depends on. */
export interface Inputs {
  /** Files that were read, configuration included. Absolute. */
  readonly files: readonly string[];
  /** `contracts` of the configuration: paths and patterns. */
  readonly contracts: readonly string[];
  /** Folder to which the patterns are relative. Absolute. */
  readonly root: string;
}

/** A configuration and its contracts, or why they could not be loaded. */
export type LoadedProject = { readonly inputs: Inputs } & (
  | { readonly outcome: 'ok'; readonly config: ResolvedConfig; readonly contracts: readonly LoadedContract[] }
  /** `findings`: a contract has errors. `failed`: the configuration has errors. */
  | { readonly outcome: 'findings' | 'failed'; readonly diagnostics: readonly Diagnostic[] }
);

/** Names of a configuration file, in search order. */
export const configNames = [
  'sockeye.config.ts',
  'sockeye.config.mts',
  'sockeye.config.js',
  'sockeye.config.mjs',
] as const;

/**
 * Finds and loads the configuration, then the contracts that it names.
 *
 * @param onConfig Called with the configuration as soon as it is known, while the contracts are being loaded.
 */
export async function loadProject(
  loader: Loader,
  options: ProjectOptions,
  onConfig?: (config: ResolvedConfig) => void,
): Promise<LoadedProject> {
  const cwd = path.resolve(options.cwd ?? '.');
  const file = findConfig(options.config, cwd);
  if (typeof file !== 'string') {
    return { outcome: 'failed', diagnostics: [file], inputs: { files: [], contracts: [], root: cwd } };
  }

  options.onProgress?.(`Loading ${path.relative(cwd, file)}`);
  const loaded = await loader.config(file);
  const config = loaded.value;
  const inputs = { files: loaded.inputs, contracts: config?.contracts ?? [], root: path.dirname(file) };
  if (config === undefined) return { outcome: 'failed', diagnostics: loaded.diagnostics, inputs };

  options.onProgress?.('Loading contracts');
  const loading = loader.contracts(config);
  onConfig?.(config);
  const { value: contracts, diagnostics, inputs: sources } = await loading;
  const all = { ...inputs, files: [...inputs.files, ...sources] };
  if (contracts !== undefined) return { outcome: 'ok', config, contracts, inputs: all };
  const isConfigs = diagnostics.some(({ id }) => id === 'pattern-empty' || id === 'contract-missing');
  return { outcome: isConfigs ? 'failed' : 'findings', diagnostics, inputs: all };
}

/** The absolute path of the configuration, or a finding if there is none. */
function findConfig(config: string | undefined, cwd: string): string | Diagnostic {
  const candidates = config === undefined ? configNames : [config];
  const found = candidates.map((name) => path.resolve(cwd, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const [other] = config === undefined ? nearMisses(cwd) : [];
  return {
    id: 'config-missing',
    level: 'error',
    message:
      config === undefined
        ? `No ${configNames[0]} in ${cwd}${other === undefined ? '' : `; ${other} is not a supported name`}.`
        : `Could not find the configuration "${config}".`,
    hint: 'Create one that exports defineConfig({ contracts: [...], outputs: [...] }), or name yours with --config <path>.',
  };
}

/** Files that were probably meant as configuration: `sockeye.config.json`, `sockeye.config.cjs`, `sockeye.conf.ts`. */
function nearMisses(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder).filter((name) => /^\.?sockeye[.-]?(conf|rc)/.test(name))
    : [];
}
