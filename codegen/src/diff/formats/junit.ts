import { proofText, type DiffReport } from './report.ts';

/** JUnit XML: a test case for each finding, failed where it breaks; one that passed where there is none. */
export function formatJunit({ contract, findings, locate }: DiffReport): string {
  const failures = findings.filter(({ level }) => level === 'breaking').length;
  const cases = findings.map((finding) => {
    const place = locate?.(finding);
    const file = place ? ` file="${escaped(place.file)}" line="${place.line}"` : '';
    const open = `<testcase classname="${escaped(contract)}" name="${escaped(`${finding.rule} ${finding.path}`)}"${file}`;
    const text = `${finding.message}\n${proofText(finding)}\n${finding.hint}`;
    if (finding.level === 'breaking') {
      return `    ${open}>\n      <failure type="${finding.rule}" message="${escaped(finding.message)}">${escaped(text)}</failure>\n    </testcase>`;
    }
    return finding.level === 'dangerous'
      ? `    ${open}>\n      <system-out>${escaped(text)}</system-out>\n    </testcase>`
      : `    ${open}/>`;
  });
  const shown =
    cases.length > 0 ? cases : [`    <testcase classname="${escaped(contract)}" name="compatible"/>`];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="sockeye" tests="${shown.length}" failures="${failures}">`,
    `  <testsuite name="${escaped(contract)}" tests="${shown.length}" failures="${failures}">`,
    ...shown,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** Text for XML 1.0, which has no place for most control characters. */
function escaped(text: string): string {
  return text

    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
