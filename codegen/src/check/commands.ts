import type { CommandSpec, OptionSpec } from '../arguments.ts';
import type { ProjectOptions } from '../load-project.ts';
import type { Report } from './finding.ts';
import { formatNames, type FormatName } from './format-names.ts';
import type { Check } from './remember.ts';

/** What the user asked a command for. */
export interface ReportRequest {
  readonly options: Readonly<Record<string, string | true>>;
  readonly operands: readonly string[];
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** A command that looks and tells. */
export interface ReportCommand extends CommandSpec {
  report(request: ReportRequest): Promise<{ readonly outcome: Report['outcome']; readonly text: string }>;
}

type Policy = 'clients-lag' | 'servers-lag' | 'full';

const policies = ['clients-lag', 'servers-lag', 'full'] satisfies Policy[];

const project = {
  config: { value: 'path', summary: 'Configuration file. Default: sockeye.config.ts' },
  cwd: { value: 'folder', summary: 'Folder to work in. Default: this one' },
  format: { value: formatNames.join('|'), choices: formatNames, summary: 'How to report. Default: text' },
} as const satisfies Record<string, OptionSpec>;

const against: OptionSpec = {
  value: 'git ref|lock|folder|none',
  summary: 'Compare with that. Default: where the branch left the main branch',
};

const policy: OptionSpec = {
  value: policies.join('|'),
  choices: policies,
  summary: 'Who stays behind in a deployment. Default: clients-lag',
};

/** Commands whose result is a report, a row each. What they need is loaded when they run. */
export const reportCommands: readonly ReportCommand[] = [
  {
    name: 'check',
    summary: 'Fail when generated files are stale or a contract breaks what is deployed.',
    options: {
      against,
      policy,
      fresh: { summary: 'Look at everything again, whatever an earlier check remembers.' },
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
    summary: 'Tell every change between two versions of the contracts.',
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
    summary: 'Raise the version of contracts as far as their changes ask for, and generate.',
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
    summary: 'Find what a contract should say better.',
    options: project,
    report: rendered(async (request) => {
      const { runLint } = await import('../command-lint.ts');
      return runLint(projectOf(request));
    }),
  },
  {
    name: 'usage',
    summary: 'Find events that nobody handles or sends, and socket calls that pass the contract by.',
    options: {
      sources: {
        value: 'globs',
        summary: 'Modules to read, separated by commas. Default: all, tests and generated files aside',
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
