/** The version bump that a change needs: a break a new major, an addition a new minor, anything else a new patch. */
export type Bump = 'none' | 'patch' | 'minor' | 'major';

const bumps = ['none', 'patch', 'minor', 'major'] as const;

/** The greater of two bumps. */
export function greaterBump(a: Bump, b: Bump): Bump {
  return bumps.indexOf(a) >= bumps.indexOf(b) ? a : b;
}

/**
 * The lowest version that a contract may have after its changes. Below 1.0.0, the minor version acts as the major, as
 * in the handshake (Semantic Versioning 2.0.0, item 4).
 *
 * @param before `major.minor.patch`; anything else is returned unchanged.
 */
export function suggestVersion(before: string, findings: readonly { readonly bump: Bump }[]): string {
  const parts = parse(before);
  if (!parts) return before;
  const bump = findings.reduce<Bump>((sum, finding) => greaterBump(sum, finding.bump), 'none');
  const [major, minor, patch] = parts;
  switch (bump) {
    case 'none':
      return before;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
    case 'minor':
      return major === 0 ? `0.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
    case 'major':
      return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
    default:
      return bump satisfies never;
  }
}

/** Negative where the first version is lower, positive where it is higher; 0 where either is malformed. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  if (!left || !right) return 0;
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function parse(text: string): readonly [number, number, number] | undefined {
  const match = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}
