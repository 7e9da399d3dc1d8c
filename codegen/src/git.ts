import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** A file of a commit. */
export interface GitFile {
  /** Name within its folder. */
  readonly name: string;
  readonly text: string;
}

/** Reads a repository; never changes it. */
export interface Git {
  /** The commit of a reference; `undefined` if there is none. */
  commit(reference: string): Promise<string | undefined>;
  /** The first of these branches that exists, with its commit. Whole names: `refs/heads/main`. */
  firstOf(
    references: readonly string[],
  ): Promise<{ readonly name: string; readonly commit: string } | undefined>;
  /** The newest common ancestor. */
  mergeBase(a: string, b: string): Promise<string | undefined>;
  /** Files with that suffix in a folder of a commit; none if it has no such folder. `folder` is absolute. */
  filesAt(commit: string, folder: string, ending: string): Promise<readonly GitFile[]>;
  /** Whether the repository is a shallow clone. */
  isShallow(): Promise<boolean>;
}

/** Opens the repository of a folder; `undefined` if there is none that git can read, see {@link whyNoGit}. */
export async function openGit(cwd: string): Promise<Git | undefined> {
  const run = createRunner(cwd);
  const found = await run(['rev-parse', '--show-toplevel']);
  if (found === undefined) return undefined;
  const top = found.trim();
  const commit: Git['commit'] = async (reference) =>
    reference.startsWith('-')
      ? undefined
      : nonEmpty(await run(['rev-parse', '--verify', '--quiet', `${reference}^{commit}`]));
  return {
    commit,
    async firstOf(references) {
      const listed = await run(['for-each-ref', '--format=%(refname) %(objectname)', ...references]);
      const rows = (listed ?? '').split('\n').map((row) => row.split(' '));
      const commits = new Map(rows.map(([name = '', at = '']) => [name, at]));
      const name = references.find((reference) => commits.has(reference));
      return name === undefined ? undefined : { name, commit: commits.get(name) ?? '' };
    },
    mergeBase: async (a, b) => nonEmpty(await run(['merge-base', a, b])),
    async filesAt(at, folder, ending) {
      const inside = path
        .relative(top, await realFolder(folder))
        .split(path.sep)
        .join('/');
      if (inside.startsWith('../')) return [];
      const prefix = inside === '' ? '' : `${inside}/`;
      const listed = await run(['ls-tree', '-z', '--full-tree', at, '--', prefix === '' ? '.' : prefix]);
      const rows = (listed ?? '').split('\0').flatMap((row) => {
        const [, hash, file] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
        return hash && file?.endsWith(ending) ? [{ hash, name: file.slice(prefix.length) }] : [];
      });
      if (rows.length === 0) return [];
      const batch = await run(['cat-file', '--batch'], rows.map(({ hash }) => `${hash}\n`).join(''));
      return readBatch(
        Buffer.from(batch ?? '', 'utf8'),
        rows.map(({ name }) => name),
      );
    },
    isShallow: async () => (await run(['rev-parse', '--is-shallow-repository']))?.trim() === 'true',
  };
}

/** Why {@link openGit} found nothing. */
export interface NoGit {
  readonly message: string;
  /** How to fix it; absent if there is simply no repository. */
  readonly remedy?: string;
}

/** Asks git for its reason: there may be a repository that it cannot or refuses to read. */
export function whyNoGit(cwd: string): Promise<NoGit> {
  return new Promise((resolve) => {
    const env = { ...environment(), LC_ALL: 'C' };
    execFile('git', ['rev-parse', '--show-toplevel'], { cwd, env }, (error, _stdout, stderr) => {
      if (error?.code === 'ENOENT')
        return resolve({ message: 'The command "git" was not found.', remedy: 'Install git' });
      const reason = /^fatal: (.+)$/m.exec(stderr)?.[1];
      if (reason === undefined || reason.startsWith('not a git repository')) {
        return resolve({ message: 'This folder is not in a git repository.' });
      }
      const command = /^\tgit .+$/m.exec(stderr)?.[0].trim();
      resolve({ message: `git: ${reason}.`, remedy: command ? `Run: ${command}` : 'Fix that' });
    });
  });
}

type Runner = (args: readonly string[], input?: string) => Promise<string | undefined>;

/** @internal Runs git; `undefined` if it fails. Drops variables of a hook, which name another repository. */
export function createRunner(cwd: string): Runner {
  const env = environment();
  return (args, input) =>
    new Promise((resolve) => {
      const child = execFile(
        'git',
        args,
        { cwd, env, encoding: 'utf8', maxBuffer: 1 << 30 },
        (error, stdout) => {
          resolve(error === null ? stdout : undefined);
        },
      );
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input ?? '');
    });
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !hookVariables.has(name)));
}

const hookVariables = new Set(['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE', 'GIT_PREFIX']);

/** `<hash> blob <bytes>`, a line feed, the bytes, a line feed; for each. */
function readBatch(bytes: Buffer, names: readonly string[]): readonly GitFile[] {
  let at = 0;
  return names.map((name) => {
    const end = bytes.indexOf(0x0a, at);
    const size = Number(bytes.toString('utf8', at, end).split(' ')[2]);
    const text = bytes.toString('utf8', end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    return { name, text };
  });
}

/** The folder as git names it, with links resolved as far as it exists. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(await realFolder(parent), path.basename(folder));
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
