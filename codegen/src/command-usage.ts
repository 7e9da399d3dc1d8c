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
  /** Patterns of modules, relative to the configuration. Default: {@link defaultSources}. Tests and generated files never count. */
  readonly sources?: readonly string[] | undefined;
}

/** Modules that are read unless others are asked for. */
export const defaultSources: readonly string[] = ['**/*.{ts,tsx,mts,js,jsx,mjs}'];

/** Who uses the events of a project's contracts, and who passes them by. Nothing is run but the contracts. */
export async function runUsage(options: UsageOptions = {}): Promise<Report> {
  const project = await renderProject(options);
  if (project.outcome !== 'ok') {
    const findings = await locateFindings(project.diagnostics, { cwd: path.resolve(options.cwd ?? '.') });
    return { command: 'usage', outcome: project.outcome, findings, summary: '' };
  }
  const { config, cwd, modules, rendered } = project;
  const contracts = new Set(modules.values());
  const found = (options.sources ?? defaultSources).map((pattern) =>
    expandGlob(parseGlob(pattern, config.root)),
  );
  const files = [...new Set((await Promise.all(found)).flat())]
    .filter((file) => !contracts.has(file) && !ignored.test(`/${path.relative(config.root, file)}`))
    .sort();

  options.onProgress?.(`Reading ${files.length} modules`);
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
    summary: `Every event of the contracts was looked for in ${files.length} modules.`,
  };
}

const ignored = /\/(?:node_modules|dist|\.[^/]+)\/|\.(?:gen|d|test|test-d|spec)\.[cm]?[jt]sx?$/;
