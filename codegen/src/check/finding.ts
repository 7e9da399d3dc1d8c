import type { Diagnostic } from '../diagnostics.ts';
import type { Victim } from '../diff/judge.ts';
import type { Level as ChangeLevel } from '../diff/rule.ts';
import type { Json } from '../model.ts';

/** What a finding says beyond a diagnostic when it is about a change of a contract. */
export interface ChangeDetails {
  /** As the rules judge it, whatever version or approval make of it. */
  readonly level: ChangeLevel;
  readonly affected: readonly Victim[];
  /** `clientToServer["task:create"].payload.title`: what an approval names. */
  readonly at: string;
  /** Other places that have the same change through a named type. */
  readonly also?: readonly string[];
  /** Who sends what to whom, and what comes of it; or why the level stands without that. */
  readonly proof: string;
  /** A payload in wire form that shows it. */
  readonly payload?: Json;
}

/** A finding of any command that checks. */
export interface ReportFinding extends Diagnostic {
  readonly change?: ChangeDetails;
  /** The line that `line` counts to, without its indentation. */
  readonly excerpt?: string;
}

/** A contract in both versions. */
export interface VersionReport {
  readonly contract: string;
  /** Absent for a contract that is new. */
  readonly before?: string;
  /** Absent for a contract that was removed. */
  readonly after?: string;
  /** The lowest version that the changes allow. Absent where there is nothing to compare. */
  readonly suggested?: string;
}

/** What a command that checks came to. */
export interface Report {
  readonly command: 'check' | 'diff' | 'lint' | 'usage' | 'bump';
  /** `findings`: at least one error. `failed`: it could not run. */
  readonly outcome: 'ok' | 'findings' | 'failed';
  readonly findings: readonly ReportFinding[];
  /** What was compared with. */
  readonly against?: string;
  readonly versions?: readonly VersionReport[];
  /** One sentence for a result without errors. */
  readonly summary: string;
}

/** `findings` when one of them is an error. */
export function outcomeOf(findings: readonly Diagnostic[]): 'ok' | 'findings' {
  return findings.some(({ level }) => level === 'error') ? 'findings' : 'ok';
}
