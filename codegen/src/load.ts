import { isContract, type Contract } from '@sockeye/contract';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { buildModel, type BuildResult, type ModelMemory } from './build-model.ts';
import { createBundler, type Bundler, type BundleResult } from './bundle.ts';
import type { Diagnostic } from './diagnostics.ts';
import { setEngineFor } from './engine.ts';
import { expandGlob, isPattern, parseGlob } from './glob.ts';
import { broken, hasPlace, threw } from './load-findings.ts';
import { createRerunner, type Rerunner } from './rerun/rerun.ts';
import { resolveConfig, type ResolvedConfig } from './resolve-config.ts';
import { runBundle, type RunResult } from './run-bundle.ts';

/** A contract of the project. */
export interface LoadedContract {
  readonly name: string;
  /** Its model. The schemas are released to free their memory. */
  readonly built: BuildResult;
  /** Its module; absolute. */
  readonly file: string;
  /** The name under which the module exports it. */
  readonly exportName: string;
}

/** The result of loading, and what it depends on. */
export interface Loaded<Value> {
  /** `undefined` if a finding prevented it. */
  readonly value: Value | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths of the files that were read; if loading failed, those known so far. */
  readonly inputs: readonly string[];
}

/** Runs the user's modules. Loading again picks up changes. */
export interface Loader {
  /** Loads a configuration. `file` is absolute. */
  config(file: string): Promise<Loaded<ResolvedConfig>>;
  /** Loads every contract of a configuration. A problem in one does not hide problems in others. */
  contracts(config: ResolvedConfig): Promise<Loaded<readonly LoadedContract[]>>;
  dispose(): Promise<void>;
}

/**
 * Creates a loader. Diagnostics name files relative to `root`, which is absolute.
 *
 * @param options.remembers Whether to cache unchanged parts of contracts between loads; costs memory, and time at
 * first. Default: false.
 */
export function createLoader(root: string, options: { readonly remembers?: boolean } = {}): Loader {
  const bundlers = { config: createBundler(root), contracts: createBundler(root) };
  const memory: LoadMemory | undefined =
    options.remembers === true ? { runners: new Map(), events: new WeakMap() } : undefined;
  const loadAll = (config: ResolvedConfig) => loadContracts(bundlers.contracts, { config, root, memory });
  /** Contracts of the last configuration, loaded speculatively while the configuration is loaded again. */
  let ahead: { readonly config: ResolvedConfig; readonly loading: ReturnType<typeof loadAll> } | undefined;
  let last: ResolvedConfig | undefined;
  return {
    async config(file) {
      await ahead?.loading.catch(() => undefined);
      ahead = last && { config: last, loading: loadAll(last) };
      // Reported to the caller that awaits the contracts.
      ahead?.loading.catch(() => undefined);
      const loaded = await loadConfig(bundlers.config, { file, root });
      last = memory && loaded.value;
      return loaded;
    },
    async contracts(config) {
      const { loading, config: expected } = ahead ?? {};
      ahead = undefined;
      const loaded = await loading;
      return loaded !== undefined && isDeepStrictEqual(config, expected) ? loaded : loadAll(config);
    },
    async dispose() {
      await ahead?.loading.catch(() => undefined);
      await Promise.all([bundlers.config.dispose(), bundlers.contracts.dispose()]);
    },
  };
}

interface LoadMemory {
  /** By the module that they run. */
  readonly runners: Map<string, Rerunner>;
  readonly events: ModelMemory['events'];
}

async function loadConfig(
  bundler: Bundler,
  { file, root }: { readonly file: string; readonly root: string },
): Promise<Loaded<ResolvedConfig>> {
  const { built, runs } = await runAll(bundler, { files: [file], memory: undefined });
  if (!built.ok) return { value: undefined, ...broken(built.errors, { root, entries: [file] }) };
  const [run] = runs;
  const relative = path.relative(root, file);
  if (run === undefined || !run.ok) {
    return { value: undefined, diagnostics: run ? threw(run, { root, file }) : [], inputs: built.inputs };
  }
  const result = resolveConfig(run.exports['default'], file);
  if (result.ok) return { value: result.config, diagnostics: [], inputs: built.inputs };
  const diagnostics = result.issues.map((issue) => ({
    id: 'config-invalid',
    level: 'error' as const,
    ...issue,
    file: relative,
  }));
  return { value: undefined, diagnostics, inputs: built.inputs };
}

async function loadContracts(
  bundler: Bundler,
  {
    config,
    root,
    memory,
  }: { readonly config: ResolvedConfig; readonly root: string; readonly memory: LoadMemory | undefined },
): Promise<Loaded<readonly LoadedContract[]>> {
  const { files, diagnostics } = await findModules(config, root);
  if (files.length === 0) return { value: undefined, diagnostics, inputs: [] };
  const { built, runs } = await runAll(bundler, { files, memory });
  if (!built.ok) {
    const failed = broken(built.errors, { root, entries: files });
    return { ...failed, value: undefined, diagnostics: [...diagnostics, ...failed.diagnostics] };
  }
  setEngineFor({ characters: built.bundles.reduce((sum, { code }) => sum + code.length, 0) });
  const found: LoadedContract[] = [];
  for (const run of runs) {
    const { file } = run;
    if (!run.ok) diagnostics.push(...threw(run, { root, file }));
    else {
      const contracts = contractsOf(run.exports, { file, memory: run.memory });
      if (contracts.length === 0) diagnostics.push(nothingExported(path.relative(root, file)));
      found.push(...contracts);
    }
  }
  diagnostics.push(...unnamed(found, root), ...repeatedNames(found, root));
  const unique = [...new Map(diagnostics.map((finding) => [JSON.stringify(finding), finding])).values()];
  return { value: unique.length === 0 ? found : undefined, diagnostics: unique, inputs: built.inputs };
}

type Run = RunResult & { readonly file: string; readonly memory: ModelMemory | undefined };

interface Runs {
  readonly built: BundleResult;
  /** One per file; none if bundling failed. */
  readonly runs: readonly Run[];
}

/** Bundles and runs modules. One that throws runs again with source maps, to locate the error. */
async function runAll(bundler: Bundler, modules: Modules): Promise<Runs> {
  const { files, memory, maps = false } = modules;
  const built = await bundler.bundle(files, { maps });
  if (!built.ok) return { built, runs: [] };
  const runs = runEach(built, memory);
  const asksForPlace = !maps && runs.some((run) => !run.ok && hasPlace(run.error));
  return asksForPlace ? runAll(bundler, { ...modules, maps: true }) : { built, runs };
}

interface Modules {
  readonly files: readonly string[];
  readonly memory: LoadMemory | undefined;
  readonly maps?: boolean;
}

function runEach(
  { bundles, packages, trusted }: Extract<BundleResult, { readonly ok: true }>,
  memory: LoadMemory | undefined,
): readonly Run[] {
  const files = new Set(bundles.map(({ entry }) => entry));
  for (const file of memory?.runners.keys() ?? []) if (!files.has(file)) memory?.runners.delete(file);
  return bundles.map((bundle): Run => {
    const file = bundle.entry;
    if (memory === undefined) return { ...runBundle(bundle, packages), file, memory };
    const rerun = memory.runners.get(file) ?? createRerunner();
    memory.runners.set(file, rerun);
    const run = rerun(bundle, { packages, trusted });
    return { ...run, file, memory: { isKept: run.isKept, events: memory.events } };
  });
}

/** Contract modules of the configuration, distinct and sorted. */
async function findModules(
  config: ResolvedConfig,
  root: string,
): Promise<{ readonly files: readonly string[]; readonly diagnostics: Diagnostic[] }> {
  const files = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const [index, text] of config.contracts.entries()) {
    const file = path.resolve(config.root, text);
    const exists = (await stat(file).catch(() => undefined))?.isFile() === true;
    const matches = exists ? [file] : isPattern(text) ? await expandGlob(parseGlob(text, config.root)) : [];
    for (const match of matches) files.add(match);
    if (matches.length > 0) continue;
    diagnostics.push({
      id: isPattern(text) ? 'pattern-empty' : 'contract-missing',
      level: 'error',
      message: isPattern(text) ? `No file matches "${text}".` : `Could not find the file "${text}".`,
      hint: `Paths are relative to the folder of ${path.basename(config.file)}.`,
      file: path.relative(root, config.file),
      path: ['contracts', String(index)],
    });
  }
  return { files: [...files].sort(), diagnostics };
}

/** Contracts that a module exports, each once; a named export takes precedence over the default. */
function contractsOf(
  exports: Readonly<Record<string, unknown>>,
  { file, memory }: { readonly file: string; readonly memory: ModelMemory | undefined },
): readonly LoadedContract[] {
  const found = new Map<Contract, LoadedContract>();
  for (const exportName of Object.keys(exports).sort()) {
    const contract = exports[exportName];
    if (!isContract(contract) || (found.get(contract)?.exportName ?? 'default') !== 'default') continue;
    found.set(contract, { name: contract.spec.name, built: buildModel(contract, memory), file, exportName });
  }
  return [...found.values()];
}

function unnamed(contracts: readonly LoadedContract[], root: string): readonly Diagnostic[] {
  const defaults = contracts.filter(({ exportName }) => exportName === 'default');
  return defaults.map(({ name, file }) => ({
    id: 'unnamed-contract',
    level: 'error',
    message: `The contract "${name}" has no export name that generated code can import.`,
    hint: 'Export it by name: `export const collab = defineContract({ ... })`.',
    contract: name,
    file: path.relative(root, file),
  }));
}

function repeatedNames(contracts: readonly LoadedContract[], root: string): readonly Diagnostic[] {
  const first = new Map<string, LoadedContract>();
  return contracts.flatMap((contract): Diagnostic[] => {
    const other = first.get(contract.name);
    if (other === undefined) {
      first.set(contract.name, contract);
      return [];
    }
    return [
      {
        id: 'duplicate-contract',
        level: 'error',
        message: `The contract "${other.exportName}" of ${path.relative(root, other.file)} is also named "${contract.name}".`,
        hint: 'Rename one of them, or load only one of the modules.',
        contract: contract.name,
        path: ['name'],
        file: path.relative(root, contract.file),
      },
    ];
  });
}

function nothingExported(file: string): Diagnostic {
  return {
    id: 'no-contract',
    level: 'error',
    message: 'The module exports no contract.',
    hint: 'Export the result of defineContract: `export const collab = defineContract({ ... })`.',
    file,
  };
}
