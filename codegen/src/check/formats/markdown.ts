import type { Report, ReportFinding } from '../finding.ts';
import { conclusion, detailLines, ordered, placeText, versionLines } from './wording.ts';

const titles = { error: 'Errors', warning: 'Warnings', info: 'Notes' } as const;

/** For a comment on a pull request. */
export function renderMarkdown(report: Report): string {
  const findings = ordered(report);
  const sections = (['error', 'warning', 'info'] as const).flatMap((level) => {
    const found = findings.filter((finding) => finding.level === level);
    return found.length === 0 ? [] : [`### ${titles[level]}\n\n${found.map(renderOne).join('')}`];
  });
  const versions = versionLines(report).map((line) => `- ${escaped(line)}\n`);
  const parts = [
    `## Sockeye ${report.command}\n\n${escaped(conclusion(report))}\n`,
    // The conclusion of a diff says so already.
    ...(report.against === undefined || report.command === 'diff'
      ? []
      : [`Compared with ${escaped(report.against)}.\n`]),
    ...(versions.length === 0 ? [] : [`### Contracts\n\n${versions.join('')}`]),
    ...sections,
  ];
  return parts.join('\n');
}

function renderOne(finding: ReportFinding): string {
  const place = placeText(finding);
  const source = finding.excerpt === undefined ? [] : [code(finding.excerpt)];
  const below = [...source, ...detailLines(finding).map(escaped)].map((line) => `  - ${line}\n`).join('');
  return `- **${finding.id}**${place === '' ? '' : ` ${code(place)}`}: ${escaped(finding.message)}\n${below}`;
}

/** A code span that backquotes in it do not end. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\r?\n/g, ' ');
}
