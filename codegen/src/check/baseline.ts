import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics.ts';
import { openGit, whyNoGit, type Git, type GitFile } from '../git.ts';
import { parseLock } from '../lock.ts';
import type { ContractModel } from '../model.ts';

/** The contracts of another version of the project, by name. */
export interface Baseline {
  /** Label for reports: `main (1f3a9c2)`, `contracts/lock`, `nothing`. */
  readonly label: string;
  readonly models: ReadonlyMap<string, ContractModel>;
  /** The text of the locks, by contract. */
  readonly texts: ReadonlyMap<string, string>;
}

export type BaselineResult = { readonly ok: true; readonly baseline: Baseline } | Failure;

interface Failure {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
}

/** The locks of another version of the project, not parsed yet. */
export interface Locks {
  /** See {@link Baseline}. */
  readonly label: string;
  readonly files: readonly GitFile[];
}

export type LocksResult = { readonly ok: true; readonly locks: Locks } | Failure;

export interface BaselineOptions {
  /** Paths are relative to it. Absolute. */
  readonly cwd: string;
  /** Folder of the locks in the working tree. Absolute. */
  readonly lock: string;
}

/** The name of the empty baseline: every contract counts as new. */
export const noBaseline = 'none';

/**
 * Reads a baseline: `none`, a lock file, a folder (of locks, or a project that has them where this one has), or a git
 * reference. Paths take precedence; write `refs/heads/...` for a branch that is named like a file. Default: the
 * commit where the current branch left the main branch; `HEAD` if there is no main branch.
 */
export async function readBaseline(
  against: string | undefined,
  options: BaselineOptions,
): Promise<BaselineResult> {
  return parseLocks(await readLocks(against, options));
}

/** The locks of {@link readBaseline}, as text. */
export async function readLocks(against: string | undefined, options: BaselineOptions): Promise<LocksResult> {
  if (against === undefined) return readDefault(options);
  if (against === noBaseline) return found('nothing', []);
  const file = path.resolve(options.cwd, against);
  const kind = await kindOf(file);
  if (kind === 'file') return found(against, [{ name: against, text: await readFile(file, 'utf8') }]);
  if (kind === 'folder') return readFolder(against, { ...options, file });
  const git = await openGit(options.cwd);
  if (git === undefined) return outside(options, `There is no file or folder "${against}". `);
  const commit = await git.commit(against);
  if (commit !== undefined)
    return readCommit(git, { commit, label: `${against} (${commit.slice(0, 7)})`, ...options });
  const shallow = await git.isShallow();
  return missing(
    `"${against}" is not a file, folder or git reference${shallow ? ' in this shallow clone' : ''}.`,
    shallow
      ? fetchHint(against)
      : 'Fetch it, or name another baseline: --against <git ref, lock file or folder>.',
  );
}

/**
 * Parses locks. A lock whose text is in `known` is not parsed: it is the lock of that model, byte for byte.
 *
 * @param known Models by the text of their locks. Default: none.
 */
export function parseLocks(
  read: LocksResult,
  known: ReadonlyMap<string, ContractModel> = new Map(),
): BaselineResult {
  if (!read.ok) return read;
  const { label, files } = read.locks;
  const byFile = new Map([...known.values()].map((model) => [`${model.name}.lock.json`, model]));
  const results = files.map(({ name, text }) => {
    const model = known.get(text);
    const file = name === label ? label : `${label}: ${name}`;
    return model === undefined
      ? { ...parseLock(text, file, byFile.get(path.basename(name))), text }
      : { ok: true as const, model, text };
  });
  const diagnostics = results.flatMap((result) => (result.ok ? [] : result.diagnostics));
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const parsed = results.flatMap((result) => (result.ok ? [result] : []));
  const models = new Map(parsed.map(({ model }) => [model.name, model]));
  const texts = new Map(parsed.map(({ model, text }) => [model.name, text]));
  return { ok: true, baseline: { label, models, texts } };
}

/** References that may be the main branch, in order. */
const mainBranches = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/heads/main',
  'refs/heads/master',
];

async function readDefault(options: BaselineOptions): Promise<LocksResult> {
  const git = await openGit(options.cwd);
  if (git === undefined) return outside(options);
  const [head, main] = await Promise.all([git.commit('HEAD'), git.firstOf(mainBranches)]);
  if (head === undefined)
    return missing(
      'The repository has no commits yet.',
      'Commit the locks, or use --against none until then.',
    );
  const name = main?.name.replace(/^refs\/(?:remotes|heads)\//, '') ?? 'HEAD';
  const base = main === undefined ? undefined : await git.mergeBase(main.commit, head);
  if (base !== undefined) {
    return readCommit(git, {
      commit: base,
      label: `merge base with ${name} (${base.slice(0, 7)})`,
      ...options,
    });
  }
  if (await git.isShallow()) {
    return missing(
      main === undefined
        ? 'This shallow clone has no main branch to compare with.'
        : `This shallow clone lacks the commit where the branch left ${name}.`,
      fetchHint('main'),
    );
  }
  return readCommit(git, { commit: head, label: `HEAD (${head.slice(0, 7)})`, ...options });
}

async function outside({ cwd }: BaselineOptions, start = ''): Promise<Failure> {
  const { message, remedy } = await whyNoGit(cwd);
  const other = 'ame the baseline: --against <lock file or folder>, or --against none.';
  return missing(start + message, remedy === undefined ? `N${other}` : `${remedy}, or n${other}`);
}

function fetchHint(reference: string): string {
  return `Fetch its history: git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*' (GitHub: actions/checkout with fetch-depth: 0), or name another baseline than ${reference} with --against.`;
}

async function readCommit(
  git: Git,
  { commit, label, lock, cwd }: BaselineOptions & { readonly commit: string; readonly label: string },
): Promise<LocksResult> {
  const files = await git.filesAt(commit, lock, '.lock.json');
  if (files.length > 0) return found(label, files);
  return missing(
    `No lock in ${path.relative(cwd, lock)} at ${label}.`,
    'Run "sockeye generate" and commit the locks; until they are on that branch, use --against none.',
  );
}

async function readFolder(
  against: string,
  { file, lock, cwd }: BaselineOptions & { readonly file: string },
): Promise<LocksResult> {
  for (const folder of [file, path.join(file, path.relative(cwd, lock))]) {
    const names = await readdir(folder).catch(() => []);
    const locks = names.filter((name) => name.endsWith('.lock.json')).sort();
    if (locks.length === 0) continue;
    const read = locks.map(async (name) => ({ name, text: await readFile(path.join(folder, name), 'utf8') }));
    return found(against, await Promise.all(read));
  }
  return missing(
    `The folder "${against}" contains no locks.`,
    'Name a folder that contains .lock.json files.',
  );
}

function found(label: string, files: readonly GitFile[]): LocksResult {
  return { ok: true, locks: { label, files } };
}

function missing(message: string, hint: string): Failure {
  return { ok: false, diagnostics: [{ id: 'no-baseline', level: 'error', message, hint }] };
}

async function kindOf(file: string): Promise<'file' | 'folder' | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : undefined;
}
