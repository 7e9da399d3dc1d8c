import type { CommandSpec, OptionSpec } from '../arguments.ts';
import type { ProjectOptions } from '../load-project.ts';
import type { Report } from './finding.ts';
import { formatNames, type FormatName } from './format-names.ts';
import type { Check } from './remember.ts';

/** The options and operands of a command. */
export interface ReportRequest {
  readonly options: Readonly<Record<string, string | true>>;
  readonly operands: readonly string[];
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** A command that reports. */
export interface ReportCommand extends CommandSpec {
  report(request: ReportRequest): Promise<{ readonly outcome: Report['outcome']; readonly text: string }>;
}

type Policy = 'clients-lag' | 'servers-lag' | 'full';

const policies = ['clients-lag', 'servers-lag', 'full'] satisfies Policy[];

const project = {
  config: { value: 'path', summary: 'Configuration file. Default: sockeye.config.ts' },
  cwd: { value: 'folder', summary: 'Folder to work in. Default: the current folder' },
  format: { value: formatNames.join('|'), choices: formatNames, summary: 'Output format. Default: text' },
} as const satisfies Record<string, OptionSpec>;

const against: OptionSpec = {
  value: 'git ref|lock|folder|none',
  summary: 'Baseline. Default: the commit where the branch left the main branch',
};

const policy: OptionSpec = {
  value: policies.join('|'),
  choices: policies,
  summary: 'Which deployed side may be older. Default: clients-lag',
};

/** Commands whose result is a report, one per row. Each loads its modules when it runs. */
export const reportCommands: readonly ReportCommand[] = [
  {
    name: 'check',
    summary: 'Fail if generated files are stale or a contract breaks deployed clients or servers.',
    options: {
      against,
      policy,
      fresh: { summary: 'Ignore the cached result of an earlier check.' },
      ...project,
    },
    report: rendered(async (request) => {
      const options = { ...projectOf(request), ...comparedWith(request) };
      const check: Check = async (given) => (await import('../command-check.ts')).runCheck(given);
      if (request.options['fresh'] === true) return check({ ...options, onBasis: () => undefined });
      const { rememberedCheck } = await import('./remember.ts');
      return rememberedCheck(options, check);
    }),
  },
  {
    name: 'diff',
    summary: 'List every change between two versions of the contracts.',
    operands: [{ name: 'before' }, { name: 'after', optional: true }],
    options: { policy, ...project },
    report: rendered(async (request) => {
      const { runDiff } = await import('../command-diff.ts');
      const [before = '', after] = request.operands;
      return runDiff({ ...projectOf(request), before, after, policy: comparedWith(request).policy });
    }),
  },
  {
    name: 'bump',
    summary: 'Raise contract versions as their changes require, and generate.',
    operands: [{ name: 'contract', optional: true }],
    options: { against, policy, ...project },
    report: rendered(async (request) => {
      const { runBump } = await import('../command-bump.ts');
      const [contract] = request.operands;
      return runBump({ ...projectOf(request), ...comparedWith(request), contract });
    }),
  },
  {
    name: 'lint',
    summary: 'List what the contracts should improve.',
    options: project,
    report: rendered(async (request) => {
      const { runLint } = await import('../command-lint.ts');
      return runLint(projectOf(request));
    }),
  },
  {
    name: 'usage',
    summary: 'Find unused events, and socket calls that bypass a contract.',
    options: {
      sources: {
        value: 'globs',
        summary: 'Modules to analyze, separated by commas. Default: all except tests and generated files',
      },
      ...project,
    },
    report: rendered(async (request) => {
      const { runUsage } = await import('../command-usage.ts');
      const sources = textOf(request, 'sources')?.split(/,(?![^{]*\})/);
      return runUsage({ ...projectOf(request), sources });
    }),
  },
];

function rendered(run: (request: ReportRequest) => Promise<Report>): ReportCommand['report'] {
  return async (request) => {
    const [report, { formats }, { pathsFor }] = await Promise.all([
      run(request),
      import('./formats/index.ts'),
      import('./repository-paths.ts'),
    ]);
    const format = (textOf(request, 'format') ?? 'text') as FormatName;
    return {
      outcome: report.outcome,
      text: formats[format](pathsFor(format, report, textOf(request, 'cwd') ?? '.')),
    };
  };
}

function projectOf(request: ReportRequest): ProjectOptions {
  return { config: textOf(request, 'config'), cwd: textOf(request, 'cwd'), onProgress: request.onProgress };
}

function comparedWith(request: ReportRequest): {
  readonly against: string | undefined;
  readonly policy: Policy | undefined;
} {
  return { against: textOf(request, 'against'), policy: textOf(request, 'policy') as Policy | undefined };
}

function textOf({ options }: ReportRequest, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
