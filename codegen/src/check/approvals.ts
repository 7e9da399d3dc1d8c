import { nearest } from '@sockeye/contract';
import type { Approval } from '../config.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Finding } from '../diff/judge.ts';
import { rules } from '../diff/rules.ts';

/** Matches findings with approvals, and records which approvals were used. */
export interface Approvals {
  /** The reason for which a finding is approved, if it is. */
  reasonFor(contract: string, finding: Pick<Finding, 'rule' | 'path' | 'also'>): string | undefined;
  /** Problems with the approvals; call it after every `reasonFor`. */
  findings(file: string): readonly Diagnostic[];
}

/** @param today The current day in UTC, as `2027-01-31`: an approval is valid to the end of its last day. */
export function createApprovals(approvals: readonly Approval[], today: string): Approvals {
  const used = new Set<Approval>();
  const isExpired = ({ until }: Approval): boolean => until < today;
  return {
    reasonFor(contract, { rule, path, also = [] }) {
      const places = new Set([path, ...also]);
      const matching = approvals.filter(
        (approval) =>
          approval.rule === rule && (approval.contract ?? contract) === contract && places.has(approval.path),
      );
      // If a finding has several places, each needs its own approval.
      if (!matching.some((approval) => approval.path === path) && matching.length < places.size)
        return undefined;
      for (const approval of matching) used.add(approval);
      return matching.find((approval) => !isExpired(approval))?.reason;
    },
    findings: (file) =>
      approvals.flatMap((approval, index): readonly Diagnostic[] => {
        const problem = problemOf(approval, { isExpired: isExpired(approval), isUsed: used.has(approval) });
        return problem === undefined ? [] : [{ ...problem, file, path: ['approve', String(index)] }];
      }),
  };
}

function problemOf(
  { rule, path, until }: Approval,
  { isExpired, isUsed }: { readonly isExpired: boolean; readonly isUsed: boolean },
): Pick<Diagnostic, 'id' | 'level' | 'message' | 'hint'> | undefined {
  const known = ['contract-removed', ...rules.map(({ id }) => id)];
  if (!known.includes(rule)) {
    const guess = nearest(rule, known);
    return {
      id: 'approval-unknown-rule',
      level: 'error',
      message: `An approval refers to the unknown rule "${rule}".`,
      hint: guess === undefined ? 'Copy the rule id from the finding.' : `Did you mean "${guess}"?`,
    };
  }
  if (isExpired) {
    return {
      id: 'approval-expired',
      level: 'error',
      message: `The approval of ${rule} at ${path} expired on ${until}.`,
      hint: 'Remove it, or set a later date in "until" after talking to those affected.',
    };
  }
  // Not an error: on the main branch, an approval is unused once its change is merged.
  if (!isUsed) {
    return {
      id: 'approval-unused',
      level: 'warning',
      message: `The approval of ${rule} at ${path} matches no change.`,
      hint: 'Remove it once its change is on the main branch.',
    };
  }
  return undefined;
}
