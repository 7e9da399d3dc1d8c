import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FormatName } from './format-names.ts';
import type { Report } from './finding.ts';

/** Formats for services that resolve paths from the repository root. */
const forServices: ReadonlySet<FormatName> = new Set(['github', 'gitlab', 'sarif']);

/**
 * A report with file names as its format needs them: relative to the repository root for services, so that packages in
 * subfolders are annotated too; otherwise relative to `cwd`.
 */
export function pathsFor(format: FormatName, report: Report, cwd: string): Report {
  const root = forServices.has(format) ? repositoryOf(path.resolve(cwd)) : undefined;
  if (root === undefined) return report;
  const findings = report.findings.map((finding) =>
    finding.file === undefined
      ? finding
      : { ...finding, file: path.relative(root, path.resolve(cwd, finding.file)).split(path.sep).join('/') },
  );
  return { ...report, findings };
}

/** The nearest folder with a `.git`, which is a file in worktrees and submodules. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}
