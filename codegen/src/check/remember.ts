/**
 * Caches the report of a check without findings. The next check reuses it, without loading the contracts, if none of
 * its inputs changed: sources, configuration, packages, generated files and their folders, the commits that determine
 * the baseline, and Sockeye itself. Outputs are read every time.
 *
 * @module remember
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckOptions } from '../command-check.ts';
import { createRunner } from '../git.ts';
import { expandGlob, isPattern, parseGlob } from '../glob.ts';
import type { Inputs } from '../load-project.ts';
import type { OutputFile } from '../write.ts';
import type { Report } from './finding.ts';

/** The inputs of a check. */
export interface CheckBasis {
  readonly inputs: Inputs;
  readonly files: readonly OutputFile[];
  /** Folders of generated files; absolute. */
  readonly folders: readonly string[];
}

/** Runs a check and reports its inputs. */
export type Check = (
  options: CheckOptions & { readonly onBasis: (basis: CheckBasis) => void },
) => Promise<Report>;

interface Memory {
  readonly surroundings: string;
  /** Hash by file; absolute. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly inputs: Inputs;
  /** Modules that the configuration's patterns match. */
  readonly matches: readonly string[];
  /** Names in the folders of generated files. */
  readonly listings: Readonly<Record<string, readonly string[]>>;
  readonly report: Report;
}

/** The cached report if no input has changed since; otherwise that of a new check. */
export async function rememberedCheck(options: CheckOptions, check: Check): Promise<Report> {
  const cwd = path.resolve(options.cwd ?? '.');
  const file = fileOf(cwd, options);
  if (file === undefined) return check({ ...options, onBasis: () => undefined });
  const [memory, surroundings] = await Promise.all([recall(file), surroundingsOf(cwd)]);
  if (memory !== undefined && memory.surroundings === surroundings && (await isUnchanged(memory)))
    return memory.report;
  const startedAt = Date.now();
  let basis: CheckBasis | undefined;
  const report = await check({ ...options, onBasis: (given) => (basis = given) });
  if (report.outcome === 'ok' && basis !== undefined && surroundings !== undefined)
    await keep(file, { report, basis, surroundings, startedAt });
  return report;
}

/** The cache file of a check; `undefined` without a cache folder or a baseline from git. */
function fileOf(cwd: string, { against, config, policy }: CheckOptions): string | undefined {
  if (against !== undefined && against !== 'none') return undefined;
  const home = ancestors(cwd).find((folder) => existsSync(path.join(folder, 'node_modules')));
  if (home === undefined) return undefined;
  const name = hashOf(JSON.stringify([cwd, against, config, policy])).slice(0, 16);
  return path.join(home, 'node_modules/.cache/sockeye', `check-${name}.json`);
}

async function recall(file: string): Promise<Memory | undefined> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Memory;
  } catch {
    return undefined;
  }
}

interface Kept {
  readonly report: Report;
  readonly basis: CheckBasis;
  readonly surroundings: string;
  readonly startedAt: number;
}

async function keep(file: string, { report, basis, surroundings, startedAt }: Kept): Promise<void> {
  const { inputs, files, folders } = basis;
  // Files that changed while the check ran may not be what it read.
  const isYoung = inputs.files.some(
    (input) => (statSync(input, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) >= startedAt,
  );
  if (isYoung) return;
  const memory: Memory = {
    surroundings,
    hashes: Object.fromEntries([
      ...inputs.files.map((input) => [input, hashOfFile(input)] as const),
      ...files.map(({ path: output, text }) => [output, hashOf(text)] as const),
    ]),
    inputs,
    matches: await matchesOf(inputs),
    listings: Object.fromEntries(folders.map((folder) => [folder, namesIn(folder)])),
    report,
  };
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(draft, JSON.stringify(memory));
    await rename(draft, file);
  } catch {
    // Without a writable cache, the next check runs in full.
  }
}

async function isUnchanged({ hashes, inputs, matches, listings }: Memory): Promise<boolean> {
  const files = Object.entries(hashes);
  return (
    files.every(([file, hash]) => hashOfFile(file) === hash) &&
    Object.entries(listings).every(([folder, names]) => isSame(namesIn(folder), names)) &&
    isSame(await matchesOf(inputs), matches)
  );
}

async function matchesOf({ contracts, root }: Inputs): Promise<readonly string[]> {
  const patterns = contracts.filter((text) => isPattern(text));
  const found = await Promise.all(patterns.map((text) => expandGlob(parseGlob(text, root))));
  return found.flat().sort();
}

/** Files that affect how a project is read, in a folder and its parents. */
const environment = [
  'package.json',
  'tsconfig.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-state.yml',
  'node_modules/zod/package.json',
  'node_modules/@sockeye/contract/package.json',
  ...['ts', 'mts', 'js', 'mjs'].map((ending) => `sockeye.config.${ending}`),
];

/** Everything around a project that a check depends on; `undefined` if git cannot determine the baseline. */
async function surroundingsOf(cwd: string): Promise<string | undefined> {
  const references = await referencesOf(cwd);
  if (references === undefined) return undefined;
  const files = ancestors(cwd).flatMap((folder) =>
    environment.map((name) => hashOfFile(path.join(folder, name))),
  );
  const today = new Date().toISOString().slice(0, 10);
  return hashOf(JSON.stringify([process.version, today, references, files, ownFiles()]));
}

/** The commits that determine the baseline. */
function referencesOf(cwd: string): Promise<string | undefined> {
  const refs = ['remotes/origin/HEAD', 'remotes/origin/main', 'heads/main', 'heads/master'];
  return createRunner(cwd)(['show-ref', '--head', 'HEAD', ...refs.map((ref) => `refs/${ref}`)]);
}

/** Modification times and sizes of Sockeye's own modules and those of the contract language. */
function ownFiles(): readonly string[] {
  const folders = [
    fileURLToPath(new URL('..', import.meta.url)),
    path.dirname(fileURLToPath(import.meta.resolve('@sockeye/contract'))),
  ];
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const { mtimeMs, size } = statSync(file);
        return `${file} ${mtimeMs} ${size}`;
      })
      .sort(),
  );
}

/** A folder and its parents. */
function ancestors(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function hashOfFile(file: string): string {
  try {
    return hashOf(readFileSync(file));
  } catch {
    return 'absent';
  }
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url');
}
