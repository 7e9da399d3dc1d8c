/**
 * Generates servers and clients from contracts. A configuration file imports this module, so it loads nothing before
 * it is asked to.
 *
 * @module codegen
 */
export {
  defineConfig,
  type Approval,
  type LintLevel,
  type OutputConfig,
  type SockeyeConfig,
} from './config.ts';

// For tool authors.
export { runCheck, type CheckOptions } from './command-check.ts';
export { runDiff, type DiffOptions } from './command-diff.ts';
export type { ChangeDetails, Report, ReportFinding, VersionReport } from './check/finding.ts';
export { runGenerate, type FileReport, type GenerateResult } from './command-generate.ts';
export type { Inputs, ProjectOptions } from './load-project.ts';
export type { Diagnostic, Level } from './diagnostics.ts';
