import type { Report } from './check/finding.ts';
import type { CheckOptions } from './command-check.ts';
import type { DiffOptions } from './command-diff.ts';
import type { GenerateResult } from './command-generate.ts';
import type { ProjectOptions } from './load-project.ts';

/**
 * Whether generated files are what the contracts say, and whether the contracts break what is deployed. Everything is
 * found before anything is told; nothing is written.
 */
export async function runCheck(options?: CheckOptions): Promise<Report> {
  const command = await import('./command-check.ts');
  return command.runCheck(options);
}

/** Every change between two versions of the contracts, with its level, who is affected, and the version it asks for. */
export async function runDiff(options: DiffOptions): Promise<Report> {
  const command = await import('./command-diff.ts');
  return command.runDiff(options);
}

/**
 * Generates everything that a configuration asks for. All or nothing: a contract with an error leaves the output of
 * every contract as it was.
 */
export async function runGenerate(options?: ProjectOptions): Promise<GenerateResult> {
  const command = await import('./command-generate.ts');
  return command.runGenerate(options);
}
