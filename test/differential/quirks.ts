import type { Spec } from './grammar.ts';

/**
 * Whether Zod 4.6.7 is known to be wrong about a spec when it encodes. It tries a value without checks before it
 * checks it, and remembers what recursive schemas made of each object meanwhile; where a container with checks of its
 * own holds a recursive schema, the second look therefore finds the unchecked result. Generated code checks.
 */
export function forgetsChecks(spec: Spec): boolean {
  const checked = spec.k === 'array' && spec.sizes.length > 0;
  return (
    (checked && hasTree(spec)) ||
    (spec.k === 'tree' && hasCheckedArray(spec)) ||
    parts(spec).some(forgetsChecks)
  );
}

/**
 * Whether Zod may forget unknown keys: a pipe lets them pass to its second schema, and a union there, or a refused type
 * while encoding, then loses them, so that an object with unknown keys is accepted. Generated code refuses it.
 */
export function carriesKeys(spec: Spec): boolean {
  return spec.k === 'pipe' || parts(spec).some(carriesKeys);
}

/**
 * Whether members of a map or set may be fewer with Zod: what `.catch(value)` puts in the place of refused values is one
 * and the same object, while generated code makes it anew each time.
 */
export function sharesCaught(spec: Spec): boolean {
  return ((spec.k === 'map' || spec.k === 'set') && hasCaughtObject(spec)) || parts(spec).some(sharesCaught);
}

function hasCaughtObject(spec: Spec): boolean {
  return (
    (spec.k === 'catch' && typeof spec.value === 'object' && spec.value !== null) ||
    parts(spec).some(hasCaughtObject)
  );
}

function hasCheckedArray(spec: Spec): boolean {
  return (spec.k === 'array' && spec.sizes.length > 0) || parts(spec).some(hasCheckedArray);
}

function hasTree(spec: Spec): boolean {
  return spec.k === 'tree' || parts(spec).some(hasTree);
}

function parts(spec: Spec): readonly Spec[] {
  return Object.values(spec).flatMap((value: unknown): Spec[] => specsIn(value));
}

function specsIn(value: unknown): Spec[] {
  if (Array.isArray(value)) return value.flatMap(specsIn);
  if (typeof value !== 'object' || value === null) return [];
  return 'k' in value ? [value as Spec] : Object.values(value).flatMap(specsIn);
}
