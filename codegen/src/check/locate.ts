import { readFileSync } from 'node:fs';
import path from 'node:path';
import { addPositions, type FindingSources } from '../add-positions.ts';
import type { ReportFinding } from './finding.ts';

/** Adds file, line, column and the source line to findings, where they can be determined. */
export async function locateFindings(
  findings: readonly ReportFinding[],
  sources: FindingSources,
): Promise<readonly ReportFinding[]> {
  const placed = (await addPositions(findings, sources)) as readonly ReportFinding[];
  const lines = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = lines.get(file);
    if (known !== undefined) return known;
    const read = readLines(path.resolve(sources.cwd, file));
    lines.set(file, read);
    return read;
  };
  return placed.map((finding) => {
    const { file, line } = finding;
    const text = file === undefined || line === undefined ? undefined : linesOf(file)[line - 1]?.trim();
    return text === undefined || text === '' ? finding : { ...finding, excerpt: text };
  });
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
