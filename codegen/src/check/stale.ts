import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics.ts';
import { findOrphans, isCurrent, type OutputFile } from '../write.ts';

export interface StaleOptions {
  /** Output folders. Absolute. */
  readonly folders: readonly string[];
  /** Findings name files relative to it. Absolute. */
  readonly cwd: string;
  /** The command that fixes it. */
  readonly command: string;
}

/** Files on disk that differ from what would be generated: missing, changed and orphaned files. */
export async function findStale(
  files: readonly OutputFile[],
  { folders, cwd, command }: StaleOptions,
): Promise<readonly Diagnostic[]> {
  const relative = (file: string): string => path.relative(cwd, file).split(path.sep).join('/');
  const wrong = files.map(async (file): Promise<readonly Diagnostic[]> => {
    if (await isCurrent(file).catch(() => false)) return [];
    const exists = existsSync(file.path);
    return [
      {
        id: exists ? 'stale-file' : 'missing-file',
        level: 'error',
        message: exists ? 'The file is out of date.' : 'The file is missing.',
        hint: `Run: ${command}`,
        file: relative(file.path),
      },
    ];
  });
  const wanted = new Set(files.map((file) => file.path));
  const orphans = folders.map(async (folder) =>
    (await findOrphans(folder, wanted)).map((file): Diagnostic => ({
      id: 'orphaned-file',
      level: 'error',
      message: 'No contract generates this file.',
      hint: `Run: ${command}`,
      file: relative(file),
    })),
  );
  return (await Promise.all([...wrong, ...orphans])).flat();
}
