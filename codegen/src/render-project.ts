import path from 'node:path';
import { addPositions } from './add-positions.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { LoadedContract } from './load.ts';
import { loadProject, type Inputs, type ProjectOptions } from './load-project.ts';
import type { Rendered } from './render.ts';
import type { ResolvedConfig } from './resolve-config.ts';

/** A project rendered in memory. */
export type RenderedProject =
  | {
      readonly outcome: 'ok';
      readonly cwd: string;
      /** What the result depends on. */
      readonly inputs: Inputs;
      readonly config: ResolvedConfig;
      readonly contracts: readonly LoadedContract[];
      readonly rendered: Rendered;
      /** Modules of contracts, by the contract's name; absolute. */
      readonly modules: ReadonlyMap<string, string>;
    }
  | {
      readonly outcome: 'findings' | 'failed';
      readonly diagnostics: readonly Diagnostic[];
    };

/**
 * Loads a project's contracts and renders all outputs. Nothing is written.
 *
 * @param onConfig Called with the configuration as soon as it is known, while esbuild bundles the contracts: the time
 * for work that does not need them.
 */
export async function renderProject(
  options: ProjectOptions,
  onConfig?: (config: ResolvedConfig) => void,
): Promise<RenderedProject> {
  const cwd = path.resolve(options.cwd ?? '.');
  void import('./bundle.ts').then(({ startEsbuild }) => startEsbuild());
  const { createLoader } = await import('./load.ts');
  const loader = createLoader(cwd);
  try {
    const project = await loadProject(loader, options, (config) => {
      void import('./render.ts');
      onConfig?.(config);
    });
    if (project.outcome !== 'ok') {
      return { outcome: project.outcome, diagnostics: await addPositions(project.diagnostics, { cwd }) };
    }
    const { config, contracts } = project;
    const { render } = await import('./render.ts');
    const rendered = render(contracts, { config, cwd, onProgress: options.onProgress });
    const modules = new Map(contracts.map(({ name, file }) => [name, file]));
    const errors = rendered.diagnostics.filter(({ level }) => level === 'error');
    if (errors.length > 0) {
      return { outcome: 'findings', diagnostics: await addPositions(rendered.diagnostics, { cwd, modules }) };
    }
    return { outcome: 'ok', cwd, inputs: project.inputs, config, contracts, rendered, modules };
  } finally {
    await loader.dispose();
  }
}
