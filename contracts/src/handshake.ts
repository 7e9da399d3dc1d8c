/** Which contract a peer was generated from; a generated client sends it as `auth.sockeye`. */
export interface ContractStamp {
  /** The contract's name. */
  readonly contract: string;
  /** The contract's semantic version, `major.minor.patch`. */
  readonly version: string;
  /** Hash of the canonical model, lower-case hexadecimal. Equal hashes mean equal contracts. */
  readonly hash: string;
}

/** How a client's stamp relates to the server's. By default, the server accepts only `same` and `older`. */
export type StampVerdict = 'same' | 'older' | 'newer' | 'incompatible' | 'other-contract' | 'malformed';

/**
 * Compares a client's stamp with the server's. A client fits if it has the same major version and is not newer. Below
 * 1.0.0, the minor version counts as the major one, as in npm's caret ranges (Semantic Versioning 2.0.0, item 4).
 */
export function stampVerdict(client: unknown, server: ContractStamp): StampVerdict {
  if (!isStamp(client)) return 'malformed';
  if (client.contract !== server.contract) return 'other-contract';
  if (client.hash === server.hash) return 'same';
  const theirs = parseVersion(client.version);
  const ours = parseVersion(server.version);
  if (!theirs || !ours) return 'malformed';
  if (theirs[0] !== ours[0] || (ours[0] === 0 && theirs[1] !== ours[1])) return 'incompatible';
  const difference = theirs[1] - ours[1] || theirs[2] - ours[2];
  return difference > 0 ? 'newer' : 'older';
}

/** Whether a client was generated from an older version than the server's, so that reloading may update it. */
export function isBehind(client: unknown, server: ContractStamp): boolean {
  if (!isStamp(client) || client.contract !== server.contract) return false;
  return compareVersions(client.version, server.version) < 0;
}

/** Negative if `a` is older than `b`, positive if it is newer; NaN if one of them is not `major.minor.patch`. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [parseVersion(a), parseVersion(b)];
  if (!one || !other) return Number.NaN;
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

function isStamp(value: unknown): value is ContractStamp {
  if (typeof value !== 'object' || value === null) return false;
  const { contract, version, hash } = value as Record<string, unknown>;
  return typeof contract === 'string' && typeof version === 'string' && typeof hash === 'string';
}

function parseVersion(text: string): readonly [number, number, number] | undefined {
  const match = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}
