import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createApprovals } from './check/approvals.ts';
import { readBaseline } from './check/baseline.ts';
import { compareContracts } from './check/compare-contracts.ts';
import type { Report, ReportFinding, VersionReport } from './check/finding.ts';
import { replaceVersion } from './check/replace-version.ts';
import type { CheckOptions } from './command-check.ts';
import { runGenerate } from './command-generate.ts';
import { compareVersions } from './diff/version.ts';
import { createLocator } from './positions.ts';
import { renderProject } from './render-project.ts';
import { writeFiles } from './write.ts';

export interface BumpOptions extends CheckOptions {
  /** Name of a contract. Default: all of them. */
  readonly contract?: string | undefined;
}

/**
 * Writes the lowest version that a contract's changes allow into its source, and generates. A version that is already
 * high enough stays.
 */
export async function runBump(options: BumpOptions = {}): Promise<Report> {
  const failed = (findings: readonly ReportFinding[]): Report => ({
    command: 'bump',
    outcome: 'failed',
    findings,
    summary: '',
  });
  const project = await renderProject(options);
  if (project.outcome !== 'ok') return { ...failed(project.diagnostics), outcome: project.outcome };
  const { config, cwd, modules, rendered } = project;
  if (options.contract !== undefined && !modules.has(options.contract)) {
    const known = [...modules.keys()].sort().join(', ');
    return failed([
      {
        id: 'contract-unknown',
        level: 'error',
        message: `Unknown contract "${options.contract}".`,
        hint: `Contracts: ${known}.`,
      },
    ]);
  }
  const place = { cwd, lock: config.lock };
  const against = await readBaseline(options.against, place);
  if (!against.ok) return failed(against.diagnostics);

  const today = (options.now ?? new Date()).toISOString().slice(0, 10);
  const { versions } = compareContracts(
    against.baseline.models,
    new Map(rendered.models.map((model) => [model.name, model])),
    {
      policy: options.policy ?? 'clients-lag',
      approvals: createApprovals(config.approve, today),
      purpose: 'gate',
    },
  );
  const low = versions.filter(
    (version) => isLow(version) && (options.contract ?? version.contract) === version.contract,
  );
  if (low.length === 0) {
    return {
      command: 'bump',
      outcome: 'ok',
      findings: [],
      versions,
      summary: 'No version needs to be raised.',
    };
  }
  const problems = await writeVersions(low, { cwd, modules });
  if (problems.length > 0) return failed(problems);
  const generated = await runGenerate(options);
  const lines = low.map(({ contract, after, suggested }) => `${contract} ${after} -> ${suggested}`);
  return {
    command: 'bump',
    outcome: generated.outcome,
    findings: generated.diagnostics,
    versions: low,
    summary: `${lines.join(', ')}; regenerated.`,
  };
}

function isLow({ after, suggested }: VersionReport): boolean {
  return after !== undefined && suggested !== undefined && compareVersions(after, suggested) < 0;
}

async function writeVersions(
  versions: readonly VersionReport[],
  { cwd, modules }: { readonly cwd: string; readonly modules: ReadonlyMap<string, string> },
): Promise<readonly ReportFinding[]> {
  const locator = await createLocator();
  const texts = new Map<string, string>();
  const problems: ReportFinding[] = [];
  for (const { contract, after = '', suggested = '' } of versions) {
    const file = modules.get(contract) ?? '';
    const found = locator.locate({ file, contract, path: ['version'] }) ?? { file, line: 1, column: 1 };
    const text = texts.get(found.file) ?? (await readFile(found.file, 'utf8'));
    const edited = replaceVersion(text, { ...found, from: after, to: suggested });
    if (edited !== undefined) texts.set(found.file, edited);
    else {
      problems.push({
        id: 'version-not-literal',
        level: 'error',
        message: `The version of "${contract}" is not a string literal here.`,
        hint: `Change it to ${suggested} yourself.`,
        contract,
        file: path.relative(cwd, found.file),
        line: found.line,
        column: found.column,
      });
    }
  }
  if (problems.length > 0) return problems;
  const files = [...texts].map(([file, text]) => ({ path: file, text }));
  return (await writeFiles(files, { folders: [], root: cwd })).diagnostics;
}
