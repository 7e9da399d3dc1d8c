import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { outcomeOf, type Report } from './check/finding.ts';
import { locateFindings } from './check/locate.ts';
import { expandGlob, parseGlob } from './glob.ts';
import type { ProjectOptions } from './load-project.ts';
import { renderProject } from './render-project.ts';
import { findUsage } from './usage/find.ts';
import { findMentions } from './usage/mentions.ts';

export interface UsageOptions extends ProjectOptions {
  /**
   * Patterns of modules, relative to the configuration. Default: all modules in its folder and in every package that
   * has an output. Tests and generated files never count.
   */
  readonly sources?: readonly string[] | undefined;
}

const modulesOf = (folder: string): string => `${folder}/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}`;

/** Reports unused events of a project's contracts, and socket calls that bypass them. Runs only the contracts. */
export async function runUsage(options: UsageOptions = {}): Promise<Report> {
  const project = await renderProject(options);
  if (project.outcome !== 'ok') {
    const findings = await locateFindings(project.diagnostics, { cwd: path.resolve(options.cwd ?? '.') });
    return { command: 'usage', outcome: project.outcome, findings, summary: '' };
  }
  const { config, cwd, modules, rendered } = project;
  const contracts = new Set(modules.values());
  const elsewhere = config.outputs.map(({ dir }) => dir).filter((dir) => isOutside(dir, config.root));
  const sources = options.sources ?? [config.root, ...elsewhere.map(packageOf)].map(modulesOf);
  const found = sources.map((pattern) => expandGlob(parseGlob(pattern, config.root)));
  const files = [...new Set((await Promise.all(found)).flat())]
    .filter((file) => !contracts.has(file) && !ignored.test(`/${path.relative(config.root, file)}`))
    .sort();

  options.onProgress?.(`Analyzing ${files.length} modules`);
  const { ts } = await import('ts-morph');
  const read = files.map(async (file) => {
    const mentions = findMentions(ts, { file, text: await readFile(file, 'utf8') });
    return { ...mentions, file: path.relative(cwd, file) };
  });
  const findings = await locateFindings(findUsage(rendered.models, await Promise.all(read)), {
    cwd,
    modules,
  });
  return {
    command: 'usage',
    outcome: outcomeOf(findings),
    findings,
    summary: `Analyzed ${files.length} ${files.length === 1 ? 'module' : 'modules'}.`,
  };
}

function isOutside(folder: string, root: string): boolean {
  return path.relative(root, folder).split(path.sep)[0] === '..';
}

/** The package that a folder belongs to: the nearest one with a manifest, or the folder itself. */
function packageOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'package.json'))) return at;
    if (at === path.dirname(at)) return folder;
  }
}

const ignored = /\/(?:node_modules|dist|\.[^./][^/]*)\/|\.(?:gen|d|test|test-d|spec)\.[cm]?[jt]sx?$/;
