#!/usr/bin/env node
import { createRequire } from 'node:module';
import { helpText, readArguments, type CommandSpec } from './arguments.ts';
import { reportCommands, type ReportCommand } from './check/commands.ts';
import type { GenerateResult } from './command-generate.ts';
import { spareEngine } from './engine.ts';
import type { ProjectOptions } from './load-project.ts';
import { createProgress } from './progress.ts';

/** 0: success. 1: a finding is an error. 2: could not run: arguments, configuration, disk, or a bug in Sockeye. */
type ExitCode = 0 | 1 | 2;

type Options = Readonly<Record<string, string | true>>;

interface Command extends CommandSpec {
  readonly run: (options: Options, operands: readonly string[]) => Promise<ExitCode>;
}

const commands: readonly Command[] = [
  {
    name: 'generate',
    summary: 'Generate typed servers and clients from contracts.',
    options: {
      config: { value: 'path', summary: 'Configuration file. Default: sockeye.config.ts' },
      cwd: { value: 'folder', summary: 'Folder to work in. Default: the current folder' },
      format: { value: 'text|json', choices: ['text', 'json'], summary: 'Output format. Default: text' },
      watch: { summary: 'Keep running, and regenerate when a contract changes.' },
    },
    run: async (options) => (options['watch'] === true ? watchAndGenerate(options) : generateOnce(options)),
  },
  ...reportCommands.map((command) => ({
    ...command,
    run: (options: Options, operands: readonly string[]) => reportOn(command, options, operands),
  })),
];

async function main(argv: readonly string[]): Promise<ExitCode> {
  const request = readArguments(argv, commands);
  switch (request.kind) {
    case 'help':
      (argv.length === 0 ? process.stderr : process.stdout).write(helpText(commands, request.command));
      return argv.length === 0 ? 2 : 0;
    case 'version':
      process.stdout.write(
        `${(createRequire(import.meta.url)('../package.json') as { version: string }).version}\n`,
      );
      return 0;
    case 'wrong': {
      const { nearest } = await import('@sockeye/contract');
      const guess = nearest(request.found ?? '', request.known ?? []);
      const known = request.known ? ` Valid values: ${request.known.join(', ')}.` : '';
      process.stderr.write(
        `${request.message}${guess === undefined ? known : ` Did you mean "${guess}"?`}\n`,
      );
      return 2;
    }
    case 'run':
      return (
        commands.find(({ name }) => name === request.command)?.run(request.options, request.operands ?? []) ??
        2
      );
  }
}

const exitCodes = { ok: 0, findings: 1, failed: 2 } as const satisfies Record<
  GenerateResult['outcome'],
  ExitCode
>;

async function generateOnce(options: Options): Promise<ExitCode> {
  spareEngine();
  const { runGenerate } = await import('./command-generate.ts');
  const progress = createProgress({ stream: process.stderr });
  const result = await runGenerate({ ...pathsOf(options), onProgress: (text) => progress.show(text) });
  progress.clear();
  await report(result, { options, seconds: performance.now() / 1_000 });
  return exitCodes[result.outcome];
}

async function reportOn(
  command: ReportCommand,
  options: Options,
  operands: readonly string[],
): Promise<ExitCode> {
  spareEngine();
  const progress = createProgress({ stream: process.stderr });
  const { outcome, text } = await command.report({
    options,
    operands,
    onProgress: (step) => progress.show(step),
  });
  progress.clear();
  (outcome === 'failed' && options['format'] === undefined ? process.stderr : process.stdout).write(text);
  return exitCodes[outcome];
}

async function watchAndGenerate(options: Options): Promise<ExitCode> {
  const { watch } = await import('./watch.ts');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const last = await watch({
    ...pathsOf(options),
    signal: stop.signal,
    onResult: (result, seconds) => report(result, { options, seconds }),
    onReady: () => void process.stderr.write('Watching for changes.\n'),
  });
  return stop.signal.aborted ? 0 : exitCodes[last.outcome];
}

function pathsOf(options: Options): Pick<ProjectOptions, 'config' | 'cwd'> {
  const text = (value: string | true | undefined): string | undefined =>
    typeof value === 'string' ? value : undefined;
  return { config: text(options['config']), cwd: text(options['cwd']) };
}

async function report(
  result: GenerateResult,
  { options, seconds }: { readonly options: Options; readonly seconds: number },
): Promise<void> {
  const [{ changeLines, resultJson, summaryLine }, { renderDiagnostics }] = await Promise.all([
    import('./report.ts'),
    import('./diagnostics.ts'),
  ]);
  if (options['format'] === 'json') {
    process.stdout.write(resultJson(result, seconds));
    return;
  }
  process.stderr.write(renderDiagnostics(result.diagnostics));
  process.stdout.write(changeLines(result.files));
  (result.outcome === 'ok' ? process.stdout : process.stderr).write(summaryLine(result, seconds));
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown): ExitCode => {
  process.stderr.write(
    `sockeye failed unexpectedly. This is a bug in Sockeye.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 2;
});
