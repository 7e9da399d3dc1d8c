import type { Report } from './check/finding.ts';
import type { ProjectOptions } from './load-project.ts';

export interface UsageOptions extends ProjectOptions {
  readonly sources?: readonly string[] | undefined;
}
export async function runUsage(_options: UsageOptions): Promise<Report> {
  return { command: 'usage', outcome: 'ok', findings: [], summary: '' };
}
