import type { ContractModel } from '../model.ts';
import { statement } from './compare-payload.ts';
import type { Finding } from './judge.ts';
import { judge } from './judge.ts';
import { compareVersions, suggestVersion } from './version.ts';

/**
 * What the contract's version says wrong about its changes: a break needs a new major, an addition a new minor. A
 * lowered version is a finding of its own already.
 *
 * @param findings All findings of the comparison, without those that were approved.
 */
export function judgeVersion(
  before: ContractModel,
  after: ContractModel,
  findings: readonly Finding[],
): readonly Finding[] {
  const counted = findings.filter(({ category }) => category !== 'version');
  const wanted = suggestVersion(before.version, counted);
  const isLowered = compareVersions(before.version, after.version) > 0;
  if (isLowered || compareVersions(after.version, wanted) >= 0) return [];
  const id = counted.some(({ bump }) => bump === 'major') ? 'major-not-raised' : 'minor-not-raised';
  const place = { position: 'contract', direction: 'inbound', path: 'version' } as const;
  return judge([{ ...statement(id, place), before: after.version, after: wanted }], 'clients-lag');
}
