import { sortDiagnostics, type Level } from '../../diagnostics.ts';
import type { Report, ReportFinding } from '../finding.ts';

/** Findings in the order of every format: worst first, then by place. */
export function ordered(report: Report): readonly ReportFinding[] {
  const rank: Readonly<Record<Level, number>> = { error: 0, warning: 1, info: 2 };
  const sorted = sortDiagnostics(report.findings) as readonly ReportFinding[];
  return [...sorted].sort((a, b) => rank[a.level] - rank[b.level]);
}

/** Where a finding is: `file:line:column`, or contract and path. */
export function placeText({ file, line, column, contract, path, change }: ReportFinding): string {
  if (file !== undefined) return [file, line, column].filter((part) => part !== undefined).join(':');
  return [contract, change?.at ?? path?.join(' › ')].filter((part) => part !== undefined).join(' › ');
}

/** The lines below a finding's message; the hint is last. */
export function detailLines({ change, hint }: ReportFinding): readonly string[] {
  const payload =
    change?.payload === undefined ? [] : [`Payload: ${shortened(JSON.stringify(change.payload))}`];
  const details =
    change === undefined
      ? []
      : [
          `At ${change.at}${change.also === undefined ? '' : `, and ${change.also.length} more`}.`,
          ...(change.affected.length === 0 ? [] : [`Affected: ${change.affected.join('; ')}.`]),
          ...payload,
          shortened(change.proof),
        ];
  return [...details, ...(hint === undefined ? [] : [hint])];
}

/** `2 errors, 1 warning`; `nothing` for none. */
export function countsText(findings: readonly ReportFinding[]): string {
  const counts = (['error', 'warning', 'info'] satisfies Level[]).flatMap((level) => {
    const amount = findings.filter((finding) => finding.level === level).length;
    const noun = level === 'info' ? 'note' : level;
    return amount === 0 ? [] : [`${amount} ${noun}${amount === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? 'nothing' : counts.join(', ');
}

/** The summary of a report, one sentence. */
export function conclusion(report: Report): string {
  const counts = countsText(report.findings);
  if (report.outcome === 'failed') return `sockeye ${report.command} could not run: ${counts}.`;
  if (report.outcome === 'findings') return `sockeye ${report.command} found ${counts}.`;
  return report.findings.length === 0 ? report.summary : `${report.summary} (${counts})`;
}

/** A line per contract and its versions, such as `collab 1.0.0 -> 1.1.0 (needs 1.1.0)`. */
export function versionLines({ versions = [] }: Report): readonly string[] {
  return versions.map(({ contract, before, after, suggested }) => {
    if (before === undefined) return `${contract} ${after ?? ''} (new)`;
    if (after === undefined) return `${contract} ${before} (removed)`;
    const needs = suggested === undefined || suggested === before ? '' : ` (needs ${suggested})`;
    return before === after ? `${contract} ${before}${needs}` : `${contract} ${before} -> ${after}${needs}`;
  });
}

function shortened(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}
