import { counts, fingerprint, wantedVersion, type DiffReport } from './report.ts';

/** For programs: the findings as they are, with counts, places and the version that they ask for. */
export function formatJson(report: DiffReport): string {
  const { contract, baseline, beforeVersion, afterVersion, policy, findings, locate } = report;
  const value = {
    contract,
    baseline,
    beforeVersion,
    afterVersion,
    suggestedVersion: wantedVersion(report),
    policy,
    counts: counts(findings),
    findings: findings.map((finding) => {
      const { file, line, column } = locate?.(finding) ?? {};
      return { fingerprint: fingerprint(contract, finding), ...finding, file, line, column };
    }),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
