import { stat } from 'node:fs/promises';
import path from 'node:path';
import { createApprovals } from './check/approvals.ts';
import { readBaseline, type Baseline } from './check/baseline.ts';
import { compareContracts, comparePair } from './check/compare-contracts.ts';
import type { Report, ReportFinding } from './check/finding.ts';
import { locateFindings } from './check/locate.ts';
import type { Policy } from './diff/judge.ts';
import { loadProject, type ProjectOptions } from './load-project.ts';
import { renderProject } from './render-project.ts';

export interface DiffOptions extends ProjectOptions {
  /** The older side: a git reference, a lock file, a folder of locks, or `none`. */
  readonly before: string;
  /** The newer side. Default: the contracts of the working tree. */
  readonly after?: string | undefined;
  /** Which deployed side may be older. Default: `clients-lag`. */
  readonly policy?: Policy | undefined;
}

/** Reports every change between two versions of the contracts: its level, who is affected, and the version it needs. */
export async function runDiff(options: DiffOptions): Promise<Report> {
  const cwd = path.resolve(options.cwd ?? '.');
  const failed = (findings: readonly ReportFinding[], outcome: 'findings' | 'failed' = 'failed'): Report => ({
    command: 'diff',
    outcome,
    findings,
    summary: '',
  });
  const newer = await readNewer(options, cwd);
  if (newer.outcome !== 'ok') return failed(newer.diagnostics, newer.outcome);
  const older = await readBaseline(options.before, { cwd, lock: newer.lock });
  if (!older.ok) return failed(older.diagnostics);

  const { baseline: after, modules } = newer;
  const before = older.baseline;
  const compared = compareSides(before, after, options.policy ?? 'clients-lag');
  return {
    command: 'diff',
    outcome: 'ok',
    findings: await locateFindings(compared.findings, { cwd, modules }),
    against: before.label,
    versions: compared.versions,
    summary: `Compared ${before.label} with ${after.label}.`,
  };
}

function compareSides(before: Baseline, after: Baseline, policy: Policy) {
  const options = { policy, approvals: createApprovals([], ''), purpose: 'changelog' } as const;
  const [[old], [current]] = [[...before.models.values()], [...after.models.values()]];
  const arePair = before.models.size === 1 && after.models.size === 1;
  return arePair && old && current
    ? comparePair(old, current, options)
    : compareContracts(before.models, after.models, options);
}

type Newer =
  | {
      readonly outcome: 'ok';
      readonly baseline: Baseline;
      readonly lock: string;
      readonly modules?: ReadonlyMap<string, string>;
    }
  | { readonly outcome: 'findings' | 'failed'; readonly diagnostics: readonly ReportFinding[] };

async function readNewer(options: DiffOptions, cwd: string): Promise<Newer> {
  if (options.after === undefined) {
    const project = await renderProject(options);
    if (project.outcome !== 'ok') return project;
    const models = new Map(project.rendered.models.map((model) => [model.name, model]));
    return {
      outcome: 'ok',
      baseline: { label: 'the working tree', models, texts: new Map() },
      lock: project.config.lock,
      modules: project.modules,
    };
  }
  const lock = await lockFolder(options, cwd);
  const read = await readBaseline(options.after, { cwd, lock });
  return read.ok
    ? { outcome: 'ok', baseline: read.baseline, lock }
    : { outcome: 'failed', diagnostics: read.diagnostics };
}

/** Folder of the locks in git references. Comparing files and folders needs no configuration. */
async function lockFolder(options: DiffOptions, cwd: string): Promise<string> {
  const fallback = path.join(cwd, 'contracts/lock');
  const sides = [options.before, options.after ?? ''].map((side) =>
    stat(path.resolve(cwd, side)).catch(() => undefined),
  );
  if ((await Promise.all(sides)).every((side) => side !== undefined)) return fallback;
  const { createLoader } = await import('./load.ts');
  const loader = createLoader(cwd);
  try {
    const project = await loadProject(loader, options);
    return project.outcome === 'ok' ? project.config.lock : fallback;
  } finally {
    await loader.dispose();
  }
}
