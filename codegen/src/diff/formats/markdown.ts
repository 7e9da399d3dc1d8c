import type { Finding } from '../judge.ts';
import { countsText, proofText, wantedVersion, type DiffReport } from './report.ts';

const titles = { breaking: 'Breaking', dangerous: 'Dangerous', safe: 'Safe' } as const;

/** For the comment on a pull request. What is safe is folded away. */
export function formatMarkdown(report: DiffReport): string {
  const { contract, baseline, beforeVersion, afterVersion, findings } = report;
  const sections = (['breaking', 'dangerous', 'safe'] as const).flatMap((level) => {
    const own = findings.filter((finding) => finding.level === level);
    if (own.length === 0) return [];
    const items = own.map((finding) => itemOf(finding, report)).join('\n');
    return level === 'safe'
      ? [`<details><summary>${titles[level]} (${own.length})</summary>\n\n${items}\n\n</details>`]
      : [`### ${titles[level]}\n\n${items}`];
  });
  const wanted = wantedVersion(report);
  const version = wanted === beforeVersion ? [] : [`Version: at least **${wanted}** (now ${afterVersion}).`];
  const head = `## Contract \`${contract}\`: ${countsText(findings)}\n\nCompared with ${escaped(baseline)} (${beforeVersion}).`;
  return `${[head, ...sections, ...version].join('\n\n')}\n`;
}

function itemOf(finding: Finding, { locate }: DiffReport): string {
  const place = locate?.(finding);
  const where = place ? ` (${escaped(`${place.file}:${place.line}`)})` : '';
  const first = `- ${escaped(finding.message)}${where} \`${finding.rule}\``;
  if (finding.level === 'safe') return first;
  return [
    first,
    ...(finding.affected.length > 0 ? [`  - Affects ${finding.affected.join('; ')}.`] : []),
    `  - ${escaped(proofText(finding))}`,
    `  - ${escaped(finding.hint)}`,
  ].join('\n');
}

/** Payloads and names are text, never markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~@]/g, (char) => `\\${char}`).replace(/\r?\n/g, ' ');
}
