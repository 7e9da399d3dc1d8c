import path from 'node:path';
import type { Diagnostic } from './diagnostics.ts';

/** Where to locate findings. */
export interface FindingSources {
  /** Files in findings are relative to it; absolute. */
  readonly cwd: string;
  /** Modules of contracts, by the contract's name; absolute. */
  readonly modules?: ReadonlyMap<string, string> | undefined;
}

/**
 * Adds file, line and column to findings that have only a path, and removes duplicates, since every output of a
 * contract has the same findings. Parses sources only if a finding needs it.
 */
export async function addPositions(
  diagnostics: readonly Diagnostic[],
  { cwd, modules }: FindingSources,
): Promise<readonly Diagnostic[]> {
  const unique = [...new Map(diagnostics.map((finding) => [JSON.stringify(finding), finding])).values()];
  if (!unique.some(wantsPosition)) return unique;
  const { createLocator } = await import('./positions.ts');
  const locator = await createLocator();
  return unique.map((finding) => {
    const { contract, path: keys = [] } = finding;
    const file = finding.file === undefined ? modules?.get(contract ?? '') : path.resolve(cwd, finding.file);
    if (!wantsPosition(finding) || file === undefined) return finding;
    const place = locator.locate({ file, contract, path: keys });
    return { ...finding, ...place, file: path.relative(cwd, place?.file ?? file) };
  });
}

function wantsPosition({ line, path: keys, contract }: Diagnostic): boolean {
  return line === undefined && (keys !== undefined || contract !== undefined);
}
