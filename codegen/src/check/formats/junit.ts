import type { Report, ReportFinding } from '../finding.ts';
import { conclusion, detailLines, ordered, placeText } from './wording.ts';

/** JUnit XML: a test case for each finding, failed when it is an error; one that passed when there is none. */
export function renderJunit(report: Report): string {
  const findings = ordered(report);
  const failures = findings.filter(({ level }) => level === 'error').length;
  const cases =
    findings.length === 0
      ? [`    <testcase classname="sockeye" name="${xml(report.command)}"/>\n`]
      : findings.map(caseOf);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites>\n  <testsuite name="sockeye ${report.command}" tests="${cases.length}" failures="${failures}">\n`,
    ...cases,
    `    <system-out>${xml(conclusion(report))}</system-out>\n  </testsuite>\n</testsuites>\n`,
  ].join('');
}

function caseOf(finding: ReportFinding): string {
  const { id, level, message, file, line } = finding;
  const where = `${file === undefined ? '' : ` file="${xml(file)}"`}${line === undefined ? '' : ` line="${line}"`}`;
  const open = `    <testcase classname="sockeye.${xml(id)}" name="${xml(`${placeText(finding)} ${message}`.trim())}"${where}`;
  const details = xml(detailLines(finding).join('\n'));
  if (level !== 'error') return `${open}>\n      <system-out>${details}</system-out>\n    </testcase>\n`;
  return `${open}>\n      <failure type="${xml(id)}" message="${xml(message)}">${details}</failure>\n    </testcase>\n`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML 1.0 can hold it. */
function xml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
