import { nearest } from '@sockeye/contract';
import path from 'node:path';
import * as z from 'zod';
import type { Approval, LintLevel, OutputConfig, SockeyeConfig } from './config.ts';
import type { TargetName } from './emit/targets.ts';

/** A configuration with defaults and absolute paths. */
export interface ResolvedConfig {
  /** The configuration file. */
  readonly file: string;
  /** Its folder. */
  readonly root: string;
  /** As written: paths and patterns relative to `root`. */
  readonly contracts: readonly string[];
  readonly outputs: readonly ResolvedOutput[];
  readonly validators: 'generated' | 'zod';
  readonly uncompiled: 'server' | 'import';
  readonly command: string;
  /** Folder of the locks. Absolute. */
  readonly lock: string;
  readonly approve: readonly Approval[];
  readonly lint: Readonly<Record<string, LintLevel>>;
}

export interface ResolvedOutput {
  /** Absolute. */
  readonly dir: string;
  readonly targets: readonly TargetName[];
  readonly importExtension: '.ts' | '.js' | '';
  /** Package from which contracts are imported. Absent: by path. */
  readonly contractsFrom?: string | undefined;
}

/** A problem in a configuration. */
export interface ConfigIssue {
  /** Keys and indexes: `['outputs', '0', 'target']`. */
  readonly path: readonly string[];
  readonly message: string;
  readonly hint: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: ResolvedConfig }
  | { readonly ok: false; readonly issues: readonly ConfigIssue[] };

const text = z.string().min(1);
const extension = z.enum(['.ts', '.js', '']);

// `satisfies` keeps schema and type in sync.
const output = z.strictObject({
  dir: text,
  targets: z
    .array(z.enum(['server', 'client', 'react', 'angular', 'types', 'validators'] satisfies TargetName[]))
    .min(1),
  importExtension: extension.optional(),
  contractsFrom: text.optional(),
} satisfies Record<keyof OutputConfig, z.ZodType>);

const approval = z.strictObject({
  rule: text,
  path: text,
  reason: text,
  until: z.iso.date(),
  contract: text.optional(),
} satisfies Record<keyof Approval, z.ZodType>);

const schema = z.strictObject({
  contracts: z.array(text).min(1),
  outputs: z.array(output).min(1),
  importExtension: extension.default('.js'),
  validators: z.enum(['generated', 'zod']).default('generated'),
  uncompiled: z.enum(['server', 'import']).default('server'),
  command: text.regex(/^[^\r\n\u2028\u2029]*$/).default('npx sockeye generate'),
  lock: text.default('contracts/lock'),
  approve: z.array(approval).default([]),
  lint: z.record(z.string(), z.enum(['off', 'info', 'warning', 'error'] satisfies LintLevel[])).default({}),
} satisfies Record<keyof SockeyeConfig, z.ZodType>);

/** Validates the export of a configuration file, and resolves its paths and defaults. */
export function resolveConfig(value: unknown, file: string): ConfigResult {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) return { ok: false, issues: explainAll(parsed.error.issues) };
  const root = path.dirname(file);
  const { importExtension, ...settings } = parsed.data;
  const outputs = settings.outputs.map((output) => ({
    ...output,
    importExtension: output.importExtension ?? importExtension,
    dir: path.resolve(root, output.dir),
  }));
  const issues = repeatedFolders(outputs);
  if (issues.length > 0) return { ok: false, issues };
  const lock = path.resolve(root, settings.lock);
  return { ok: true, config: { ...settings, file, root, outputs, lock } };
}

/** A misspelt key is also a missing one; it is reported once. */
function explainAll(issues: readonly z.core.$ZodIssue[]): readonly ConfigIssue[] {
  const meant = new Set(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...issue.path, nearest(key, knownKeys(issue.path))].join('.'))
        : [],
    ),
  );
  return issues
    .filter((issue) => issue.input !== undefined || !meant.has(issue.path.join('.')))
    .flatMap(explain);
}

function explain(issue: z.core.$ZodIssue): readonly ConfigIssue[] {
  const where = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...where, key],
      message: `Unknown key "${key}".`,
      hint: suggestion(key, knownKeys(where)),
    }));
  }
  if (where.length === 0) {
    return [
      {
        path: [],
        message: 'The default export is not a configuration object.',
        hint: 'Write `export default defineConfig({ contracts: [...], outputs: [...] })`.',
      },
    ];
  }
  return [{ path: where, ...explainValue(issue, where) }];
}

function explainValue(
  issue: z.core.$ZodIssue,
  path: readonly string[],
): Pick<ConfigIssue, 'message' | 'hint'> {
  const name = path
    .map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
  const example = `Write ${examples[path.at(-1) ?? ''] ?? 'a string'}.`;
  if (issue.input === undefined) return { message: `${name} is missing.`, hint: example };
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    return {
      message: `${name} must not be ${show(issue.input)}.`,
      hint: suggestion(typeof issue.input === 'string' ? issue.input : '', known),
    };
  }
  if (issue.code === 'invalid_type') {
    return { message: `${name} must be of type ${issue.expected}, not ${show(issue.input)}.`, hint: example };
  }
  if (issue.code === 'too_small') return { message: `${name} is empty.`, hint: example };
  if (issue.code === 'invalid_format' && issue.format === 'date') {
    return { message: `${name} must be a date, not ${show(issue.input)}.`, hint: example };
  }
  return { message: `${name} must be a single line.`, hint: 'Remove the line breaks.' };
}

const examples: Readonly<Record<string, string>> = {
  contracts: `contracts: ['contracts/*.contract.ts']`,
  outputs: `outputs: [{ dir: 'src/generated', targets: ['server'] }]`,
  dir: `dir: 'src/generated'`,
  targets: `targets: ['server', 'client']`,
  approve: `approve: [{ rule: 'property-removed', path: '...', reason: '...', until: '2027-01-31' }]`,
  until: `until: '2027-01-31'`,
  lint: `lint: { 'missing-summary': 'off' }`,
  lock: `lock: 'contracts/lock'`,
};

/** Keys of the object at `where`; an index selects an item of a list, such as an output. */
function knownKeys(where: readonly PropertyKey[]): readonly string[] {
  const shapes: Readonly<Record<string, object>> = { outputs: output.shape, approve: approval.shape };
  return Object.keys(shapes[String(where[0])] ?? schema.shape);
}

function suggestion(found: string, known: readonly string[]): string {
  const guess = nearest(found, known);
  return guess === undefined
    ? `Valid values: ${known.map(show).join(', ')}.`
    : `Did you mean ${show(guess)}?`;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' || typeof value === 'function' ? 'an object' : JSON.stringify(value);
}

function repeatedFolders(outputs: readonly ResolvedOutput[]): readonly ConfigIssue[] {
  return outputs.flatMap(({ dir }, index) => {
    const first = outputs.findIndex((other) => other.dir === dir);
    if (first === index) return [];
    return [
      {
        path: ['outputs', String(index), 'dir'],
        message: `outputs[${index}] and outputs[${first}] are the same folder.`,
        hint: 'Merge them into one output with the targets of both.',
      },
    ];
  });
}
