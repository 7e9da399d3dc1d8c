import path from 'node:path';
import { outcomeOf, type Report } from './check/finding.ts';
import { locateFindings } from './check/locate.ts';
import { lintModel } from './lint/find.ts';
import { unknownRules } from './lint/levels.ts';
import type { ProjectOptions } from './load-project.ts';
import { renderProject } from './render-project.ts';

/** Reports what the contracts of a project should improve. Only findings of the level `error` make it fail. */
export async function runLint(options: ProjectOptions = {}): Promise<Report> {
  const project = await renderProject(options);
  if (project.outcome !== 'ok') {
    const findings = await locateFindings(project.diagnostics, { cwd: path.resolve(options.cwd ?? '.') });
    return { command: 'lint', outcome: project.outcome, findings, summary: '' };
  }
  const { config, cwd, modules, rendered } = project;
  const unknown = unknownRules(config.lint, path.relative(cwd, config.file));
  if (unknown.length > 0) {
    return {
      command: 'lint',
      outcome: 'failed',
      findings: await locateFindings(unknown, { cwd }),
      summary: '',
    };
  }
  const found = rendered.models.flatMap((model) => lintModel(model, config.lint));
  const findings = await locateFindings([...rendered.diagnostics, ...found], { cwd, modules });
  const { size } = modules;
  return {
    command: 'lint',
    outcome: outcomeOf(findings),
    findings,
    summary: `No findings in ${size === 1 ? '1 contract' : `${size} contracts`}.`,
  };
}
