import type { Report } from './check/finding.ts';
import type { CheckOptions } from './command-check.ts';
import type { DiffOptions } from './command-diff.ts';
import type { GenerateResult } from './command-generate.ts';
import type { ProjectOptions } from './load-project.ts';

/**
 * Checks whether generated files are up to date and whether the contracts break deployed clients or servers. Reports
 * all findings at once; writes nothing.
 */
export async function runCheck(options?: CheckOptions): Promise<Report> {
  const command = await import('./command-check.ts');
  return command.runCheck(options);
}

/** Reports every change between two versions of the contracts: its level, who is affected, and the version it needs. */
export async function runDiff(options: DiffOptions): Promise<Report> {
  const command = await import('./command-diff.ts');
  return command.runDiff(options);
}

/**
 * Generates all outputs of a configuration. All or nothing: if one contract has an error, every output stays as it
 * was.
 */
export async function runGenerate(options?: ProjectOptions): Promise<GenerateResult> {
  const command = await import('./command-generate.ts');
  return command.runGenerate(options);
}
