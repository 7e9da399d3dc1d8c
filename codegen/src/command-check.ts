import path from 'node:path';
import type { Baseline } from './check/baseline.ts';
import { outcomeOf, type Report } from './check/finding.ts';
import type { CheckBasis } from './check/remember.ts';
import { locateFindings } from './check/locate.ts';
import type { Policy } from './diff/judge.ts';
import type { ProjectOptions } from './load-project.ts';
import type { ContractModel } from './model.ts';
import { renderProject } from './render-project.ts';
import type { ResolvedConfig } from './resolve-config.ts';

export interface CheckOptions extends ProjectOptions {
  /**
   * What to compare with: a git reference, a lock file, a folder of locks, or `none`. Default: the commit where the
   * branch left the main branch.
   */
  readonly against?: string | undefined;
  /** Which deployed side may be older. Default: `clients-lag`. */
  readonly policy?: Policy | undefined;
  /** Current time, for approvals. Default: the clock. */
  readonly now?: Date | undefined;
  /** Called with everything that the check depends on, before it ends. */
  readonly onBasis?: ((basis: CheckBasis) => void) | undefined;
}

/**
 * Checks whether generated files are up to date and whether the contracts break deployed clients or servers. Reports
 * all findings at once; writes nothing.
 */
export async function runCheck(options: CheckOptions = {}): Promise<Report> {
  let stages: ReturnType<typeof startStages> | undefined;
  const project = await renderProject(options, (config) => {
    stages = startStages(options, config);
    stages.catch(() => undefined);
  });
  if (project.outcome !== 'ok') {
    const findings = await locateFindings(project.diagnostics, { cwd: path.resolve(options.cwd ?? '.') });
    return { command: 'check', outcome: project.outcome, findings, summary: '' };
  }

  const { config, rendered, modules, cwd, inputs } = project;
  const folders = [...config.outputs.map(({ dir }) => dir), config.lock];
  options.onBasis?.({ inputs, files: rendered.files, folders });
  const { createApprovals, compareContracts, findStale, readAgainst } = await (stages ??
    startStages(options, config));
  const stale = await findStale(rendered.files, { folders, cwd, command: config.command });
  const texts = new Map(rendered.files.map(({ path: file, text }) => [file, text]));
  const lockOf = ({ name }: ContractModel) => texts.get(path.join(config.lock, `${name}.lock.json`)) ?? '';
  const current = new Map(rendered.models.map((model) => [model.name, model]));
  const against = readAgainst(new Map(rendered.models.map((model) => [lockOf(model), model])));
  if (!against.ok) {
    return { command: 'check', outcome: 'failed', findings: [...stale, ...against.diagnostics], summary: '' };
  }

  const { baseline } = against;
  const approvals = createApprovals(config.approve, (options.now ?? new Date()).toISOString().slice(0, 10));
  const isChanged = ([name]: readonly [string, ContractModel]): boolean =>
    baseline.texts.get(name) !== texts.get(path.join(config.lock, `${name}.lock.json`));
  const changed = (models: ReadonlyMap<string, ContractModel>) => new Map([...models].filter(isChanged));
  const compared = compareContracts(changed(baseline.models), changed(current), {
    policy: options.policy ?? 'clients-lag',
    approvals,
    purpose: 'gate',
  });
  const findings = await locateFindings(
    [
      ...rendered.diagnostics,
      ...stale,
      ...compared.findings,
      ...approvals.findings(path.relative(cwd, config.file)),
    ],
    { cwd, modules },
  );
  const outcome = outcomeOf(findings);
  return {
    command: 'check',
    outcome,
    findings,
    against: baseline.label,
    versions: compared.versions,
    summary: `${rendered.files.length} generated files are up to date; ${compatibility(current.size, baseline)}.`,
  };
}

/** Loads the modules that are needed after the contracts, and reads the baseline at the same time. */
async function startStages(options: CheckOptions, config: ResolvedConfig) {
  const place = { cwd: path.resolve(options.cwd ?? '.'), lock: config.lock };
  const { parseLocks, readLocks } = await import('./check/baseline.ts');
  const [read, { createApprovals }, { compareContracts }, { findStale }] = await Promise.all([
    readLocks(options.against, place),
    import('./check/approvals.ts'),
    import('./check/compare-contracts.ts'),
    import('./check/stale.ts'),
  ]);
  return {
    createApprovals,
    compareContracts,
    findStale,
    readAgainst: (known: ReadonlyMap<string, ContractModel>) => parseLocks(read, known),
  };
}

function compatibility(contracts: number, { label, models }: Baseline): string {
  if (models.size === 0) return 'the baseline has no contracts to compare with';
  return `${contracts === 1 ? '1 contract is' : `${contracts} contracts are`} compatible with ${label}`;
}
