/**
 * Generates servers and clients from contracts. A configuration file imports this module, so it loads nothing before
 * it is asked to.
 *
 * @module codegen
 */
export { defineConfig, type OutputConfig, type SockeyeConfig } from './config.ts';

// For tool authors.
export { runGenerate, type FileReport, type GenerateResult } from './command-generate.ts';
export type { Inputs, ProjectOptions } from './load-project.ts';
export type { Diagnostic, Level } from './diagnostics.ts';
