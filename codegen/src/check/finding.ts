import type { Diagnostic } from '../diagnostics.ts';
import type { Victim } from '../diff/judge.ts';
import type { Level as ChangeLevel } from '../diff/rule.ts';
import type { Json } from '../model.ts';

/** Details of a finding about a change of a contract. */
export interface ChangeDetails {
  /** The level of the rule, regardless of version and approvals. */
  readonly level: ChangeLevel;
  readonly affected: readonly Victim[];
  /** The path that an approval names: `clientToServer["task:create"].payload.title`. */
  readonly at: string;
  /** Other places that have the same change through a named type. */
  readonly also?: readonly string[];
  /** Who sends what to whom, and with what effect; without such a payload, the reason for the level. */
  readonly proof: string;
  /** A payload in wire form that proves it. */
  readonly payload?: Json;
}

/** A finding of a command that reports. */
export interface ReportFinding extends Diagnostic {
  readonly change?: ChangeDetails;
  /** The source line at `line`, without its indentation. */
  readonly excerpt?: string;
}

/** The versions of a contract on both sides of a comparison. */
export interface VersionReport {
  readonly contract: string;
  /** Absent for a contract that is new. */
  readonly before?: string;
  /** Absent for a contract that was removed. */
  readonly after?: string;
  /** The lowest version that the changes allow. Absent where there is nothing to compare. */
  readonly suggested?: string;
}

/** The result of a command that reports. */
export interface Report {
  readonly command: 'check' | 'diff' | 'lint' | 'usage' | 'bump';
  /** `findings`: at least one error. `failed`: it could not run. */
  readonly outcome: 'ok' | 'findings' | 'failed';
  readonly findings: readonly ReportFinding[];
  /** Label of the baseline. */
  readonly against?: string;
  readonly versions?: readonly VersionReport[];
  /** One sentence, for a result without errors. */
  readonly summary: string;
}

/** `findings` if one of them is an error. */
export function outcomeOf(findings: readonly Diagnostic[]): 'ok' | 'findings' {
  return findings.some(({ level }) => level === 'error') ? 'findings' : 'ok';
}
