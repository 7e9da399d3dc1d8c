import { proofText, type DiffReport } from './report.ts';

const commands = { breaking: 'error', dangerous: 'warning', safe: 'notice' } as const;

/**
 * Workflow commands, which GitHub shows at the line in a pull request (GitHub Actions, "Workflow commands"). What is
 * safe is left out: GitHub shows ten annotations of a kind at most.
 */
export function formatGithub({ findings, locate }: DiffReport): string {
  return findings
    .filter(({ level }) => level !== 'safe')
    .map((finding) => {
      const place = locate?.(finding);
      const at = place
        ? { file: place.file, line: place.line, ...(place.column === undefined ? {} : { col: place.column }) }
        : {};
      const properties = Object.entries({ ...at, title: `${finding.level}: ${finding.rule}` });
      const text = `${finding.message}\n${proofText(finding)}\n${finding.hint}`;
      return `::${commands[finding.level]} ${properties.map(([key, value]) => `${key}=${propertyText(String(value))}`).join(',')}::${dataText(text)}\n`;
    })
    .join('');
}

function dataText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
