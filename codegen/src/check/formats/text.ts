import type { Report, ReportFinding } from '../finding.ts';
import { conclusion, detailLines, ordered, placeText, versionLines } from './wording.ts';

/** For a terminal: each finding with its place, the source line, its details and its hint. */
export function renderText(report: Report): string {
  const versions = report.command === 'diff' ? versionLines(report).map((line) => `${line}\n`) : [];
  return [...ordered(report).map(renderOne), ...versions, `${conclusion(report)}\n`].join('');
}

function renderOne(finding: ReportFinding): string {
  const place = placeText(finding);
  const { line, excerpt } = finding;
  const source = excerpt === undefined ? [] : [`${line} | ${excerpt}`];
  const below = [...source, ...detailLines(finding)].map((text) => `    ${text}\n`).join('');
  return `${place === '' ? '' : `${place}  `}${finding.level}  ${finding.id}  ${finding.message}\n${below}`;
}
