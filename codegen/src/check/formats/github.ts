import type { Report, ReportFinding } from '../finding.ts';
import { conclusion, detailLines, ordered } from './wording.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Workflow commands that GitHub Actions shows as annotations of files.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithub(report: Report): string {
  return [...ordered(report).map(renderOne), `${conclusion(report)}\n`].join('');
}

function renderOne(finding: ReportFinding): string {
  const { file, line, column, id, level } = finding;
  const properties = Object.entries({ file, line, col: column, title: id }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${property(String(value))}`],
  );
  const text = [finding.message, ...detailLines(finding)].join('\n');
  return `::${commands[level]} ${properties.join(',')}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
