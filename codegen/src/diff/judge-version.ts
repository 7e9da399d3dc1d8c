import type { ContractModel } from '../model.ts';
import { statement } from './compare-payload.ts';
import type { Finding } from './judge.ts';
import { judge } from './judge.ts';
import { compareVersions, suggestVersion } from './version.ts';

/**
 * Findings about a version that does not match the changes: a breaking change needs a new major version, an addition a
 * new minor. A lowered version already has its own finding.
 *
 * @param findings All findings of the comparison, except approved ones.
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
