import { fingerprint, proofText, type DiffReport } from './report.ts';

const severities = { breaking: 'critical', dangerous: 'minor', safe: 'info' } as const;

/** GitLab's code quality report, a JSON array (GitLab, "Code Quality report format"). */
export function formatGitlab({ contract, baseline, findings, locate }: DiffReport): string {
  const issues = findings.map((finding) => {
    const place = locate?.(finding);
    return {
      type: 'issue',
      check_name: finding.rule,
      description: `${finding.message} ${proofText(finding)}`,
      content: { body: finding.hint },
      categories: ['Compatibility'],
      fingerprint: fingerprint(contract, finding),
      severity: severities[finding.level],
      location: { path: place?.file ?? baseline, lines: { begin: place?.line ?? 1 } },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
