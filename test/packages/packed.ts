import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { must } from './shell.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Packages that are published, by folder. */
export const published = [
  'contracts',
  'codegen',
  'server',
  'clients/core',
  'clients/react',
  'clients/angular',
] as const;

/** Tarballs of every published package, freshly built. */
export interface Packed extends AsyncDisposable {
  /** Absolute paths, in the order of {@link published}. */
  readonly tarballs: readonly string[];
  /** Makes an empty project with the tarballs, and whatever else is named, installed. */
  readonly project: (dependencies: readonly string[]) => Promise<string>;
}

/** Builds and packs all packages into a temporary folder. */
export async function packAll(): Promise<Packed> {
  await must('npm', ['run', '--silent', 'build'], { cwd: root });
  const folder = await mkdtemp(path.join(tmpdir(), 'sockeye-pack-'));
  const tarballs: string[] = [];
  for (const name of published) {
    const printed = await must('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder], {
      cwd: path.join(root, name),
    });
    tarballs.push(path.join(folder, fileNameIn(printed)));
  }
  return {
    tarballs,
    project: (dependencies) => emptyProject(path.join(folder, 'project'), tarballs, dependencies),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Names of the files in a tarball, below `package/`. */
export async function filesIn(tarball: string): Promise<readonly string[]> {
  const listed = await must('tar', ['-tzf', tarball], { cwd: path.dirname(tarball) });
  return listed.trim().split('\n').map((file) => file.replace(/^package\//, '')).sort(); // prettier-ignore
}

/** Unpacks a tarball beside itself; returns the absolute paths of its files. */
export async function unpack(tarball: string): Promise<readonly string[]> {
  const folder = `${tarball}.unpacked`;
  await must('mkdir', ['-p', folder], { cwd: tmpdir() });
  await must('tar', ['-xzf', tarball, '-C', folder], { cwd: tmpdir() });
  return (await filesIn(tarball)).map((file) => path.join(folder, 'package', file));
}

async function emptyProject(
  folder: string,
  tarballs: readonly string[],
  dependencies: readonly string[],
): Promise<string> {
  await must('mkdir', ['-p', folder], { cwd: tmpdir() });
  const manifest = { name: 'empty', private: true, type: 'module' };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  // Exact versions of this repository's own lock, so that nothing has to be fetched that is not in npm's cache.
  const pinned = await Promise.all(dependencies.map(async (name) => `${name}@${await versionOf(name)}`));
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  await must('npm', ['install', ...flags, ...tarballs, ...pinned], { cwd: folder });
  const installed = await readdir(path.join(folder, 'node_modules/@sockeye'));
  if (installed.length !== published.length) throw new Error(`Installed only ${installed.join(', ')}.`);
  return folder;
}

async function versionOf(name: string): Promise<string> {
  const manifest = await readFile(path.join(root, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function fileNameIn(printed: string): string {
  const parsed = JSON.parse(printed) as
    readonly { filename: string }[] | Readonly<Record<string, { filename: string }>>;
  const [first] = Object.values(parsed);
  if (!first) throw new Error(`npm pack printed no file name: ${printed}`);
  return first.filename;
}
