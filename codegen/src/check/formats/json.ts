import type { Report } from '../finding.ts';
import { ordered } from './wording.ts';

/** The whole report, indented. */
export function renderJson(report: Report): string {
  const { command, outcome, against, versions, summary } = report;
  return `${JSON.stringify({ command, outcome, against, versions, summary, findings: ordered(report) }, undefined, 2)}\n`;
}
