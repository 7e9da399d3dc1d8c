import type { FileReport, GenerateResult } from './command-generate.ts';
import { sortDiagnostics, type Level } from './diagnostics.ts';

/** A line for each file that changed. */
export function changeLines(files: readonly FileReport[]): string {
  return files
    .map(({ path, status }) => (status === 'unchanged' ? '' : `${status.padEnd(8)} ${path}\n`))
    .join('');
}

/** The summary, one sentence and a line feed. */
export function summaryLine(result: GenerateResult, seconds: number): string {
  const time = `in ${seconds.toFixed(2)} s`;
  if (result.outcome !== 'ok') return `${findingCounts(result)}; ${done(result)} ${time}.\n`;
  const files = result.files.filter(({ status }) => status !== 'removed');
  const changed = result.files.filter(({ status }) => status !== 'unchanged').length;
  const warnings = result.diagnostics.length > 0 ? ` with ${findingCounts(result)}` : '';
  return `Generated ${count(files.length, 'file')} (${changed} changed) from ${count(result.contracts, 'contract')}${warnings} ${time}.\n`;
}

/** The whole result as JSON, on one line. */
export function resultJson(result: GenerateResult, seconds: number): string {
  const { outcome, contracts, files, diagnostics } = result;
  const record = {
    outcome,
    seconds: Number(seconds.toFixed(3)),
    contracts,
    files,
    diagnostics: sortDiagnostics(diagnostics),
  };
  return `${JSON.stringify(record)}\n`;
}

function done({ files }: GenerateResult): string {
  const changed = files.filter(({ status }) => status !== 'unchanged').length;
  return changed === 0 ? 'nothing was written' : `${count(changed, 'file')} changed before the error`;
}

function findingCounts({ diagnostics }: GenerateResult): string {
  const counts = (['error', 'warning', 'info'] satisfies Level[]).flatMap((level) => {
    const found = diagnostics.filter((finding) => finding.level === level).length;
    return found === 0 ? [] : count(found, level === 'info' ? 'note' : level);
  });
  return counts.join(', ');
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
