import type { Finding, Policy } from '../judge.ts';
import type { Level } from '../rule.ts';
import { suggestVersion } from '../version.ts';

/** Where a finding stands in the source, for formats that can show it. */
export interface SourcePlace {
  /** Relative to the project, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column?: number;
  /** The lines around it, without their line ends. */
  readonly excerpt?: { readonly firstLine: number; readonly lines: readonly string[] };
}

/** Everything that a format shows. */
export interface DiffReport {
  readonly contract: string;
  readonly beforeVersion: string;
  readonly afterVersion: string;
  /** What the new contract was compared with: `main`, `contracts/lock/collab.lock.json`. */
  readonly baseline: string;
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  /** Where a finding stands in the source. Default: nowhere. */
  readonly locate?: (finding: Finding) => SourcePlace | undefined;
}

/** How many findings there are of each level. */
export function counts(findings: readonly Finding[]): Readonly<Record<Level, number>> {
  const of = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return { breaking: of('breaking'), dangerous: of('dangerous'), safe: of('safe') };
}

/** `2 breaking, 1 dangerous, 4 safe`; kinds that do not occur are left out. */
export function countsText(findings: readonly Finding[]): string {
  const parts = Object.entries(counts(findings)).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'no changes' : parts.map(([level, count]) => `${count} ${level}`).join(', ');
}

/** The lowest version that the changes allow. */
export function wantedVersion({ beforeVersion, findings }: DiffReport): string {
  return suggestVersion(
    beforeVersion,
    findings.filter(({ category }) => category !== 'version'),
  );
}

/** Who notices, and what shows it, as one sentence each. */
export function proofText({ proof }: Finding): string {
  const payload =
    proof.witness &&
    (proof.witness.payload === undefined ? 'nothing' : JSON.stringify(proof.witness.payload));
  if (proof.kind === 'proved')
    return `${capital(proof.sender)} sends ${payload}; ${proof.reader}: it ${proof.witness.effect}.`;
  return payload === undefined ? proof.reason : `${proof.reason} Payload: ${payload}.`;
}

/** A stable identity of a finding, independent of wording and line numbers. */
export function fingerprint(contract: string, { rule, path, before, after }: Finding): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const char of JSON.stringify([contract, rule, path, before, after])) {
    const code = char.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  return [high, low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
