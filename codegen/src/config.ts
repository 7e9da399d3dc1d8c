import type { TargetName } from './emit/targets.ts';

/** One folder of generated files. */
export interface OutputConfig {
  /** Folder, relative to the configuration file. Only files named `*.gen.ts` in it are ever written or removed. */
  readonly dir: string;
  /** What the folder is for: `server`, `client`, `react`, `angular`, or only `types` or `validators`. What these need is added. At least one. */
  readonly targets: readonly TargetName[];
  /** How imports end in this folder. Default: that of the whole configuration. */
  readonly importExtension?: '.ts' | '.js' | '' | undefined;
  /**
   * Package that the folder's files import contracts from, where they need them: for casts, and for checks that only Zod
   * can make. It has to export them by their names. Default: the contract's module, by its relative path.
   */
  readonly contractsFrom?: string | undefined;
}

/** A change that is wanted although a rule calls it breaking or dangerous. */
export interface Approval {
  /** Id of the rule: `property-removed`. */
  readonly rule: string;
  /** Where, as the finding tells it: `clientToServer["task:create"].payload.title`. */
  readonly path: string;
  /** Why nobody is harmed; kept in reports. */
  readonly reason: string;
  /** Last day on which it counts, as `2027-01-31`, in UTC. */
  readonly until: string;
  /** Name of the contract. Default: any. */
  readonly contract?: string | undefined;
}

/** How grave a lint rule is; `off` silences it. Only errors make `sockeye lint` fail. */
export type LintLevel = 'off' | 'info' | 'warning' | 'error';

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
  /**
   * Where checks of clients go that only Zod can make (custom refinements, custom codecs). `server`: left to the
   * server, which the client's documentation says. `import`: the schema is imported from the contract into the
   * client's bundle, Zod with it. Default: `server`.
   */
  readonly uncompiled?: 'server' | 'import' | undefined;
  /** The command that a generated file names as its source of change. Default: `npx sockeye generate`. */
  readonly command?: string | undefined;
  /**
   * Folder of the locks, one `<contract>.lock.json` for each contract; no other configuration may use it. Default:
   * `contracts/lock`.
   */
  readonly lock?: string | undefined;
  /** Breaking changes that `sockeye check` lets pass. Default: none. */
  readonly approve?: readonly Approval[] | undefined;
  /** Levels of lint rules, by id. Default: those of the rules. */
  readonly lint?: Readonly<Record<string, LintLevel>> | undefined;
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
