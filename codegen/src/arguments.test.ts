import { describe, expect, test } from 'vitest';
import { helpText, readArguments, type CommandSpec } from './arguments.ts';

const commands: readonly CommandSpec[] = [
  {
    name: 'generate',
    summary: 'Generate.',
    options: {
      config: { value: 'path', summary: 'Configuration.' },
      format: { value: 'text|json', choices: ['text', 'json'], summary: 'Format.' },
      watch: { summary: 'Stay.' },
    },
  },
  { name: 'check', summary: 'Check.', options: { against: { value: 'ref', summary: 'Baseline.' } } },
];

describe('readArguments', () => {
  test.each<[string, object]>([
    ['', { kind: 'help', command: undefined }],
    ['--help', { kind: 'help', command: undefined }],
    ['-h', { kind: 'help', command: undefined }],
    ['generate --help --nonsense', { kind: 'help', command: 'generate' }],
    ['help', { kind: 'help', command: undefined }],
    ['--version', { kind: 'version' }],
    ['generate', { kind: 'run', command: 'generate', options: {} }],
    [
      'generate --watch --config a.ts',
      { kind: 'run', command: 'generate', options: { watch: true, config: 'a.ts' } },
    ],
    ['--config=a.ts generate', { kind: 'run', command: 'generate', options: { config: 'a.ts' } }],
    [
      'genrate',
      {
        kind: 'wrong',
        message: 'Unknown command "genrate".',
        found: 'genrate',
        known: ['generate', 'check'],
      },
    ],
    [
      'genrate --help',
      {
        kind: 'wrong',
        message: 'Unknown command "genrate".',
        found: 'genrate',
        known: ['generate', 'check'],
      },
    ],
    ['generate all', { kind: 'wrong', message: '"sockeye generate" takes no argument "all".' }],
    [
      '--wach',
      {
        kind: 'wrong',
        message: 'Unknown option "--wach".',
        found: '--wach',
        known: ['--help', '--version'],
      },
    ],
    [
      'generate --against main',
      {
        kind: 'wrong',
        message: 'Unknown option "--against".',
        found: '--against',
        known: ['--config', '--format', '--watch', '--help', '--version'],
      },
    ],
    ['generate --constructor', { kind: 'wrong', message: 'Unknown option "--constructor".' }],
    ['generate --watch=yes', { kind: 'wrong', message: '"--watch" takes no value.' }],
    ['generate --config', { kind: 'wrong', message: '"--config" requires a value: --config <path>.' }],
    [
      'generate --config --watch',
      { kind: 'wrong', message: '"--config" requires a value: --config <path>.' },
    ],
    ['generate --config=', { kind: 'wrong', message: '"--config" requires a value: --config <path>.' }],
    [
      'generate --format xml',
      {
        kind: 'wrong',
        message: 'Invalid value "xml" for "--format".',
        found: 'xml',
        known: ['text', 'json'],
      },
    ],
  ])('%s', (line, wanted) => {
    expect(readArguments(line.split(' ').filter(Boolean), commands)).toMatchObject(wanted);
  });
});

test('the help of all lists the commands, the help of one its options', () => {
  expect(helpText(commands)).toBe(`Usage: sockeye <command> [options]

Commands:
  generate  Generate.
  check     Check.

Options:
  --help     Show this help.
  --version  Show the version.

Run sockeye <command> --help for its options.
`);
  expect(helpText(commands, 'generate')).toBe(`Usage: sockeye generate [options]

Generate.

Options:
  --config <path>       Configuration.
  --format <text|json>  Format.
  --watch               Stay.
  --help                Show this help.
  --version             Show the version.
`);
});
