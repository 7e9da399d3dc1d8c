import path from 'node:path';
import type { GenerateResult } from './command-generate.ts';
import { isPattern, isSkippedFolder, parseGlob, type Glob } from './glob.ts';

/** What a watcher observes. */
export interface WatchSet {
  /** Folders to watch; the project's own comes first. Absolute. */
  readonly folders: readonly string[];
  /** Files that the last results depend on. Absolute. */
  readonly files: readonly string[];
  /** Whether a file system event requires another run. */
  concerns(event: string, file: string): boolean;
  /** Whether to ignore a file or folder. */
  ignores(file: string): boolean;
}

export const nothingWatched: WatchSet = {
  folders: [],
  files: [],
  concerns: () => false,
  ignores: () => false,
};

/**
 * What a result depends on: its files, and new ones that a pattern would match. After a failure, it includes what the
 * earlier results depended on and any neighboring source file: the fix may be a file that was missing.
 */
export function watchSet(
  { outcome, inputs }: Pick<GenerateResult, 'outcome' | 'inputs'>,
  before: WatchSet,
): WatchSet {
  const { root } = inputs;
  const files = new Set(outcome === 'ok' ? inputs.files : [...before.files, ...inputs.files]);
  const globs = inputs.contracts.filter(isPattern).map((pattern) => parseGlob(pattern, root));
  const named = inputs.contracts.filter((text) => !isPattern(text)).map((text) => path.resolve(root, text));
  for (const file of named) files.add(file);
  const folders = [
    ...new Set([root, ...[...files].map((file) => path.dirname(file)), ...globs.map(({ base }) => base)]),
  ];
  const failed = outcome !== 'ok';
  return {
    folders,
    files: [...files],
    concerns: (event, file) => {
      if (event.endsWith('Dir')) return false;
      if (files.has(file) || globs.some((glob) => glob.matches(file))) return true;
      return failed && isSource(file) && folders.includes(path.dirname(file));
    },
    ignores: (file) => !leadsSomewhere(file, { files, folders, globs }),
  };
}

interface Places {
  readonly files: ReadonlySet<string>;
  readonly folders: readonly string[];
  readonly globs: readonly Glob[];
}

/** Whether to observe a path: a file that matters or may come to matter, or a parent folder of one. */
function leadsSomewhere(file: string, { files, folders, globs }: Places): boolean {
  if (files.has(file) || folders.some((folder) => isWithin(folder, file))) return true;
  if (isSkippedFolder(path.basename(file))) return false;
  if (folders.includes(path.dirname(file)) && isSource(file)) return true;
  return globs.some((glob) => glob.matches(file) || (path.extname(file) === '' && isWithin(file, glob.base)));
}

/** Whether `file` is `folder` or within it. */
function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

function isSource(file: string): boolean {
  return /\.(?:[mc]?[jt]sx?|json)$/.test(file) && !file.endsWith('.gen.ts');
}
