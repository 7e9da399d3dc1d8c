import type { ContractModel, TypeNode } from '../model.ts';

const docKeys = new Set(['title', 'description', 'deprecated', 'examples', 'order', 'summary']);

/** Whether two JSON values are equal, an absent key being `undefined`. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key of Object.keys(left)) if (!sameValue(left[key], right[key])) return false;
  for (const key of Object.keys(right)) if (right[key] !== undefined && !(key in left)) return false;
  return true;
}

/** Whether two nodes are equal apart from documentation. */
export type SameNode = (before: TypeNode | undefined, after: TypeNode | undefined) => boolean;

/** A {@link SameNode} for two models: references are equal if their types are. */
export function sameNodes(before: ContractModel['types'], after: ContractModel['types']): SameNode {
  const settled = new Map<string, boolean>();
  const named = (name: string): boolean => {
    const known = settled.get(name);
    if (known !== undefined) return known;
    settled.set(name, true);
    const same =
      before[name] !== undefined && after[name] !== undefined && plain(before[name], after[name], named);
    settled.set(name, same);
    return same;
  };
  // A type in a cycle may have been assumed equal before another member of the cycle proved different.
  for (let changed = true; changed;) {
    changed = false;
    for (const name of Object.keys(before)) {
      if (settled.get(name) !== false) {
        settled.delete(name);
        if (!named(name)) changed = true;
      }
    }
  }
  return (a, b) => plain(a, b, named);
}

function plain(a: unknown, b: unknown, named: (name: string) => boolean): boolean {
  if (typeof a !== 'object' && a === b) return true;
  if (a === null || b === null) return a === b;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => plain(item, b[index], named));
  }
  if (isRef(a)) return isRef(b) && a.name === b.name && named(a.name);
  const left = a as Facts;
  const right = b as Facts;
  const skips = skippedKeys(left, right);
  for (const key in left) if (!skips(key) && !sameFact([left, right], key, named)) return false;
  for (const key in right)
    if (left[key] === undefined && !skips(key) && right[key] !== undefined) return false;
  return true;
}

type Facts = Readonly<Record<string, unknown>>;

const none = (): boolean => false;
const documentation = (key: string): boolean => docKeys.has(key);
const zodsOwn = (key: string): boolean => key === 'pattern' || key === 'flags';

/** Documentation of nodes, and Zod's patterns of formats, which differ between its versions. */
function skippedKeys(left: Facts, right: Facts): (key: string) => boolean {
  if ('kind' in left) return documentation;
  return left['check'] === 'format' && !left['custom'] && !right['custom'] ? zodsOwn : none;
}

function sameFact(
  [left, right]: readonly [Facts, Facts],
  key: string,
  named: (name: string) => boolean,
): boolean {
  if (key === 'properties') return sameMap(left[key], right[key], named);
  const isData = key === 'value' && (left['kind'] === 'default' || left['kind'] === 'catch');
  return isData ? sameValue(left[key], right[key]) : plain(left[key], right[key], named);
}

function sameMap(a: unknown, b: unknown, named: (name: string) => boolean): boolean {
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && plain(left[key], right[key], named))
  );
}

function isRef(value: unknown): value is { readonly kind: 'ref'; readonly name: string } {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'ref';
}
