import type { TargetName } from './emit/targets.ts';

/** One folder of generated files. */
export interface OutputConfig {
  /** Folder, relative to the configuration file. Only files named `*.gen.ts` in it are ever written or removed. */
  readonly dir: string;
  /** What the folder is for: `server`, `client`, or only `types` or `validators`. What these need is added. At least one. */
  readonly targets: readonly TargetName[];
}

/** What `sockeye.config.ts` says. Paths are relative to that file. */
export interface SockeyeConfig {
  /** Contract modules: paths, or patterns with `*`, `**`, `?` and `{a,b}`. At least one. */
  readonly contracts: readonly string[];
  /** At least one. */
  readonly outputs: readonly OutputConfig[];
  /** How imports between generated files end, and imports of contracts. Default: `.js`. */
  readonly importExtension?: '.ts' | '.js' | '' | undefined;
  /**
   * Where a server's validators come from: generated files, or Zod at run time. Clients never get Zod. Default:
   * `generated`.
   */
  readonly validators?: 'generated' | 'zod' | undefined;
  /** The command that a generated file names as its source of change. Default: `npx sockeye generate`. */
  readonly command?: string | undefined;
}

/**
 * Types a configuration; returns it unchanged.
 *
 * @example
 * export default defineConfig({
 *   contracts: ['contracts/*.contract.ts'],
 *   outputs: [{ dir: 'src/generated', targets: ['server'] }],
 * });
 */
export function defineConfig(config: SockeyeConfig): SockeyeConfig {
  return config;
}
