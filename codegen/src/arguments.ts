import { parseArgs } from 'node:util';

/** An option of a command. */
export interface OptionSpec {
  /** One line of the help. */
  readonly summary: string;
  /** Placeholder of the value in the help; absent for an option without a value. */
  readonly value?: string;
  /** The valid values. Default: any. */
  readonly choices?: readonly string[];
}

/** A command and its arguments. */
export interface CommandSpec {
  readonly name: string;
  /** One line of the help. */
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Positional arguments, in order. Default: none. */
  readonly operands?: readonly OperandSpec[];
}

/** A positional argument of a command. */
export interface OperandSpec {
  /** Placeholder in the help. */
  readonly name: string;
  /** Only the last ones can be optional. */
  readonly optional?: true;
}

/** A parsed command line. */
export type Request =
  | { readonly kind: 'help'; readonly command: string | undefined }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: string;
      readonly options: Readonly<Record<string, string | true>>;
      /** Absent where there are none. */
      readonly operands?: readonly string[];
    }
  /** `known`: valid alternatives for `found`. */
  | {
      readonly kind: 'wrong';
      readonly message: string;
      readonly found?: string;
      readonly known?: readonly string[];
    };

/** Parses the arguments after the program's name. */
export function readArguments(argv: readonly string[], commands: readonly CommandSpec[]): Request {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: typesOf(commands),
  });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? token.value : []));
  const flags = tokens.flatMap((token) => (token.kind === 'option' ? token : []));
  const [name, ...operands] = words;
  const command = commands.find((candidate) => candidate.name === name);

  if (name === 'help') return { kind: 'help', command: undefined };
  if (name !== undefined && command === undefined)
    return {
      kind: 'wrong',
      message: `Unknown command "${name}".`,
      found: name,
      known: commands.map((known) => known.name),
    };
  if (flags.some((flag) => ['help', 'h'].includes(flag.name))) return { kind: 'help', command: name };
  if (flags.some((flag) => ['version', 'v'].includes(flag.name))) return { kind: 'version' };
  const options: Record<string, string | true> = {};
  for (const { name: flag, rawName, value } of flags) {
    const problem = checkFlag({ flag, rawName, value }, command?.options ?? {});
    if (problem) return problem;
    options[flag] = value ?? true;
  }
  if (command === undefined) return { kind: 'help', command: undefined };
  const places = command.operands ?? [];
  const extra = operands[places.length];
  if (extra !== undefined)
    return { kind: 'wrong', message: `"sockeye ${command.name}" takes no argument "${extra}".` };
  const absent = places[operands.length];
  if (absent !== undefined && absent.optional !== true)
    return { kind: 'wrong', message: `"sockeye ${command.name}" requires <${absent.name}>.` };
  return { kind: 'run', command: command.name, options, ...(operands.length > 0 && { operands }) };
}

/** The help text: of one command, or of all. */
export function helpText(commands: readonly CommandSpec[], name?: string): string {
  const command = commands.find((candidate) => candidate.name === name);
  const general: readonly Row[] = [
    ['--help', 'Show this help.'],
    ['--version', 'Show the version.'],
  ];
  if (command === undefined) {
    return `Usage: sockeye <command> [options]\n\nCommands:\n${rows(commands.map((known) => [known.name, known.summary]))}\nOptions:\n${rows(general)}\nRun sockeye <command> --help for its options.\n`;
  }
  const options = Object.entries(command.options).map(([flag, { value, summary }]): Row => [
    `--${flag}${value ? ` <${value}>` : ''}`,
    summary,
  ]);
  const operands = (command.operands ?? []).map(({ name, optional }) =>
    optional ? ` [${name}]` : ` <${name}>`,
  );
  return `Usage: sockeye ${command.name}${operands.join('')} [options]\n\n${command.summary}\n\nOptions:\n${rows([...options, ...general])}`;
}

type Row = readonly [left: string, right: string];

function rows(all: readonly Row[]): string {
  const width = Math.max(...all.map(([left]) => left.length)) + 2;
  return all.map(([left, right]) => `  ${left.padEnd(width)}${right}\n`).join('');
}

function typesOf(commands: readonly CommandSpec[]): Record<string, { type: 'string' | 'boolean' }> {
  const entries = commands.flatMap((command) => Object.entries(command.options));
  return Object.fromEntries(
    entries.map(([flag, { value }]) => [flag, { type: value ? 'string' : 'boolean' }]),
  );
}

interface Flag {
  readonly flag: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function checkFlag(
  { flag, rawName, value }: Flag,
  options: Readonly<Record<string, OptionSpec>>,
): Request | undefined {
  const known = Object.hasOwn(options, flag) ? options[flag] : undefined;
  if (known === undefined) {
    const flags = [...Object.keys(options), 'help', 'version'].map((name) => `--${name}`);
    return { kind: 'wrong', message: `Unknown option "${rawName}".`, found: rawName, known: flags };
  }
  if (known.value === undefined) {
    return value === undefined ? undefined : { kind: 'wrong', message: `"${rawName}" takes no value.` };
  }
  if (value === undefined || value === '' || value.startsWith('--')) {
    return { kind: 'wrong', message: `"${rawName}" requires a value: ${rawName} <${known.value}>.` };
  }
  if (known.choices?.includes(value) === false) {
    return {
      kind: 'wrong',
      message: `Invalid value "${value}" for "${rawName}".`,
      found: value,
      known: known.choices,
    };
  }
  return undefined;
}
