import type { Finding } from '../judge.ts';
import { countsText, proofText, wantedVersion, type DiffReport } from './report.ts';

/** For a person at a terminal: worst first, each with place, payload, victim and the way to mend it. */
export function formatText(report: DiffReport): string {
  const { contract, baseline, beforeVersion, afterVersion, findings } = report;
  const head = `${contract} ${afterVersion} against ${baseline} (${beforeVersion}): ${countsText(findings)}`;
  const shown = findings.map((finding) => oneText(finding, report));
  const wanted = wantedVersion(report);
  const version = findings.length > 0 && wanted !== beforeVersion ? [`Version: at least ${wanted}.`] : [];
  return `${[head, ...shown, ...version].join('\n\n')}\n`;
}

function oneText(finding: Finding, { locate }: DiffReport): string {
  const place = locate?.(finding);
  const where = place
    ? `${[place.file, place.line, place.column].filter((part) => part !== undefined).join(':')}  `
    : '';
  const affected = finding.affected.length > 0 ? [`  affects  ${finding.affected.join('; ')}`] : [];
  const also = finding.also ? [`  also     ${finding.also.join(', ')}`] : [];
  return [
    `${where}${finding.level}  ${finding.rule}  ${finding.message}`,
    ...excerptText(place?.excerpt, place?.line),
    `  at       ${finding.path}`,
    ...also,
    ...affected,
    ...(finding.level === 'safe' ? [] : [`  because  ${proofText(finding)}`, `  mend     ${finding.hint}`]),
  ].join('\n');
}

function excerptText(
  excerpt: { readonly firstLine: number; readonly lines: readonly string[] } | undefined,
  line: number | undefined,
): readonly string[] {
  if (!excerpt) return [];
  const width = String(excerpt.firstLine + excerpt.lines.length).length;
  return excerpt.lines.map((text, index) => {
    const number = excerpt.firstLine + index;
    return `  ${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${text}`;
  });
}
