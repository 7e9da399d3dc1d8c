/**
 * Generates servers and clients from contracts. Every configuration file imports this module, so it loads the rest on
 * demand.
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

// For tool authors. Each function loads its implementation when called.
export { runCheck, runDiff, runGenerate } from './commands.ts';
export type { CheckOptions } from './command-check.ts';
export type { DiffOptions } from './command-diff.ts';
export type { FileReport, GenerateResult } from './command-generate.ts';
export type { ChangeDetails, Report, ReportFinding, VersionReport } from './check/finding.ts';
export type { Inputs, ProjectOptions } from './load-project.ts';
export type { Diagnostic, Level } from './diagnostics.ts';
