import type { Diagnostic } from '../diagnostics.ts';
import { compare } from '../diff/compare.ts';
import { judgeVersion } from '../diff/judge-version.ts';
import { judge, type Finding, type Policy, type Proof } from '../diff/judge.ts';
import { compareVersions, suggestVersion } from '../diff/version.ts';
import type { ContractModel } from '../model.ts';
import type { Approvals } from './approvals.ts';
import type { ChangeDetails, ReportFinding, VersionReport } from './finding.ts';
import { pathKeys } from './path-keys.ts';

/** Contracts by name. */
type Models = ReadonlyMap<string, ContractModel>;

export interface CompareOptions {
  readonly policy: Policy;
  readonly approvals: Approvals;
  /** `gate`: changes that need attention now. `changelog`: every change, regardless of the version. */
  readonly purpose: 'gate' | 'changelog';
}

export interface Comparison {
  readonly findings: readonly ReportFinding[];
  readonly versions: readonly VersionReport[];
}

/** Compares contracts by name, and checks their versions against the changes. */
export function compareContracts(before: Models, after: Models, options: CompareOptions): Comparison {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const all = names.map((name) => {
    const [old, current] = [before.get(name), after.get(name)];
    if (old && current) return comparePair(old, current, options);
    return current ? added(current) : removed(old?.version, { name, ...options });
  });
  return {
    findings: all.flatMap(({ findings }) => findings),
    versions: all.flatMap(({ versions }) => versions),
  };
}

/** Compares two versions of a contract, whatever their names. */
export function comparePair(
  before: ContractModel,
  after: ContractModel,
  options: CompareOptions,
): Comparison {
  const contract = after.name;
  const isGate = options.purpose === 'gate';
  const judged = judge(compare(before, after), options.policy);
  const reasons = new Map(judged.map((finding) => [finding, options.approvals.reasonFor(contract, finding)]));
  const open = judged.filter((finding) => reasons.get(finding) === undefined);
  const counted = open.filter(({ category }) => category !== 'version');
  const suggested = suggestVersion(before.version, counted);
  const nextMajor = suggestVersion(before.version, [{ bump: 'major' }]);
  const isNewMajor = compareVersions(after.version, nextMajor) >= 0;

  const findings = judged.flatMap((finding): readonly ReportFinding[] => {
    const reason = reasons.get(finding);
    if (finding.level === 'safe' && isGate) return [];
    if (reason !== undefined)
      return [{ ...reportOf(finding, contract), level: 'info', hint: `Approved: ${reason}` }];
    if (isGate && isNewMajor && finding.category !== 'version' && finding.level !== 'safe') {
      return [
        { ...reportOf(finding, contract), level: 'info', hint: `Version ${after.version} announces it.` },
      ];
    }
    return [reportOf(finding, contract)];
  });
  const versions = judgeVersion(before, after, open).map((finding): ReportFinding => ({
    ...reportOf(finding, contract),
    level: 'error',
    hint: `Run: npx sockeye bump ${contract} (it writes ${suggested}), or undo the changes.`,
  }));
  return {
    findings: [...findings, ...versions],
    versions: [{ contract, before: before.version, after: after.version, suggested }],
  };
}

function added(model: ContractModel): Comparison {
  return { findings: [], versions: [{ contract: model.name, after: model.version }] };
}

function removed(
  version: string | undefined,
  { name, approvals }: CompareOptions & { readonly name: string },
): Comparison {
  const reason = approvals.reasonFor(name, { rule: 'contract-removed', path: 'contract' });
  const finding: ReportFinding = {
    id: 'contract-removed',
    level: reason === undefined ? 'error' : 'info',
    message: `The contract "${name}" was removed.`,
    hint:
      reason === undefined
        ? `Restore it, or approve the removal: { rule: 'contract-removed', path: 'contract', contract: '${name}', ... }`
        : `Approved: ${reason}`,
    change: {
      level: 'breaking',
      affected: ['old clients with the new server'],
      at: 'contract',
      proof: 'Its deployed clients no longer have a server.',
    },
  };
  return {
    findings: [finding],
    versions: [{ contract: name, ...(version !== undefined && { before: version }) }],
  };
}

const levels = { breaking: 'error', dangerous: 'warning', safe: 'info' } as const satisfies Record<
  Finding['level'],
  Diagnostic['level']
>;

function reportOf(finding: Finding, contract: string): ReportFinding {
  const { rule, level, message, hint, path, also } = finding;
  return {
    id: rule,
    level: levels[level],
    message,
    hint,
    contract,
    path: pathKeys(path),
    change: {
      level,
      affected: finding.affected,
      at: path,
      ...(also !== undefined && { also }),
      ...proofOf(finding.proof),
    },
  };
}

function proofOf(proof: Proof): Pick<ChangeDetails, 'proof' | 'payload'> {
  const witness = proof.witness;
  const payload = witness?.payload === undefined ? {} : { payload: witness.payload };
  const text =
    proof.kind === 'declared'
      ? proof.reason
      : `The ${proof.sender} may send it; at the ${proof.reader} it ${proof.witness.effect}.`;
  return { proof: text, ...payload };
}
