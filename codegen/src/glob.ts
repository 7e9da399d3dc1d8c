import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** A parsed pattern. */
export interface Glob {
  /** The deepest folder that has no wildcard in its name; absolute. */
  readonly base: string;
  /** Whether an absolute path matches. */
  matches(file: string): boolean;
}

/** Whether a path is a pattern: it has one of `*`, `?` and `{`. */
export function isPattern(text: string): boolean {
  return /[*?{]/.test(text);
}

/** Parses a pattern relative to `root`: `*` and `?` stay within a name, `**` is any depth, `{a,b}` is either. */
export function parseGlob(pattern: string, root: string): Glob {
  const segments = path.resolve(root, pattern).split(path.sep);
  const fixed = segments.findIndex(isPattern);
  const base = segments.slice(0, fixed === -1 ? -1 : fixed).join(path.sep) || path.sep;
  const expression = new RegExp(
    `^${segments.map(segmentSource).join('/').replaceAll('(?:.*)/', '(?:.*/)?')}$`,
  );
  return { base, matches: (file) => expression.test(file.split(path.sep).join('/')) };
}

/** Files that match a pattern, sorted by code unit. Skips `node_modules` and hidden folders. */
export async function expandGlob(glob: Glob): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!isSkippedFolder(entry.name)) await visit(file);
      } else if (glob.matches(file)) found.push(file);
    }
  };
  await visit(glob.base);
  return found.sort();
}

/** Folders that are skipped. */
export function isSkippedFolder(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

const wildcards: Readonly<Record<string, string>> = { '*': '[^/]*', '?': '[^/]' };

function segmentSource(segment: string): string {
  if (segment === '**') return '(?:.*)';
  return segment.replaceAll(/\{[^{}]*\}|[*?]|[\\^$.|+()[\]{}]/g, (sign) => {
    if (sign.length > 1) return `(?:${sign.slice(1, -1).split(',').map(segmentSource).join('|')})`;
    return wildcards[sign] ?? `\\${sign}`;
  });
}
