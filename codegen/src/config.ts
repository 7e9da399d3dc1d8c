import type { TargetName } from './emit/targets.ts';

/** One folder of generated files. */
export interface OutputConfig {
  /** Folder, relative to the configuration file. Sockeye writes and removes only files named `*.gen.ts` in it. */
  readonly dir: string;
  /**
   * What to generate: `server`, `client`, `react`, `angular`, or only `types` or `validators`. At least one; what it
   * depends on is added.
   */
  readonly targets: readonly TargetName[];
  /** Extension of imports in this folder. Default: that of the configuration. */
  readonly importExtension?: '.ts' | '.js' | '' | undefined;
  /**
   * Package from which the folder's files import contracts where they need them: for casts, and for checks that need
   * Zod. It must export them by their names. Default: the contract's module, by relative path.
   */
  readonly contractsFrom?: string | undefined;
}

/** An intended change that a rule judges as breaking or dangerous. */
export interface Approval {
  /** Id of the rule: `property-removed`. */
  readonly rule: string;
  /** Where, as in the finding: `clientToServer["task:create"].payload.title`. */
  readonly path: string;
  /** Why nobody is harmed; shown in reports. */
  readonly reason: string;
  /** Last day on which it is valid, such as `2027-01-31`, in UTC. */
  readonly until: string;
  /** Name of the contract. Default: any. */
  readonly contract?: string | undefined;
}

/** Severity of a lint rule; `off` disables it. Only errors make `sockeye lint` fail. */
export type LintLevel = 'off' | 'info' | 'warning' | 'error';

/** The configuration, the default export of `sockeye.config.ts`. Paths are relative to that file. */
export interface SockeyeConfig {
  /** Contract modules: paths, or patterns with `*`, `**`, `?` and `{a,b}`. At least one. */
  readonly contracts: readonly string[];
  /** Output folders. At least one. */
  readonly outputs: readonly OutputConfig[];
  /** Extension of imports of generated files and contracts. Default: `.js`. */
  readonly importExtension?: '.ts' | '.js' | '' | undefined;
  /**
   * How servers validate: with generated validators, or with Zod at run time. Generated clients do not use Zod.
   * Default: `generated`.
   */
  readonly validators?: 'generated' | 'zod' | undefined;
  /**
   * Where client checks that need Zod are made (custom refinements, custom codecs). `server`: on the server only, as
   * the client's documentation says. `import`: the client imports the schema from the contract, and with it Zod.
   * Default: `server`.
   */
  readonly uncompiled?: 'server' | 'import' | undefined;
  /** The command that the header of a generated file tells its reader to run. Default: `npx sockeye generate`. */
  readonly command?: string | undefined;
  /**
   * Folder of the locks, one `<contract>.lock.json` per contract; each configuration needs its own. Default:
   * `contracts/lock`.
   */
  readonly lock?: string | undefined;
  /** Intended changes that `sockeye check` accepts. Default: none. */
  readonly approve?: readonly Approval[] | undefined;
  /** Levels of lint rules, by rule id. Default: the levels of the rules. */
  readonly lint?: Readonly<Record<string, LintLevel>> | undefined;
}

/**
 * Types a configuration and returns it unchanged.
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
