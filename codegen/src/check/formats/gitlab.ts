import { createHash } from 'node:crypto';
import type { Report } from '../finding.ts';
import { detailLines, ordered } from './wording.ts';

const severities = { error: 'critical', warning: 'minor', info: 'info' } as const;

/** GitLab's code quality report. https://docs.gitlab.com/ci/testing/code_quality/ */
export function renderGitlab(report: Report): string {
  const seen = new Map<string, number>();
  const rows = ordered(report).map((finding) => {
    const { id, level, message, file, line, contract, path } = finding;
    // Stable when lines move: GitLab compares fingerprints across commits.
    const identity = JSON.stringify([id, contract, finding.change?.at ?? path, file, message]);
    const repeated = seen.get(identity) ?? 0;
    seen.set(identity, repeated + 1);
    return {
      description: [message, ...detailLines(finding)].join(' '),
      check_name: id,
      fingerprint: createHash('sha256').update(`${identity}${repeated}`).digest('hex').slice(0, 32),
      severity: severities[level],
      location: { path: file ?? 'sockeye.config.ts', lines: { begin: line ?? 1 } },
    };
  });
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}
