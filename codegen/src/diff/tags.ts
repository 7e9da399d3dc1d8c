import type { TypeNode } from '../model.ts';
import type { Comparison } from './compare-schema.ts';
import type { Core, Primitive, Shape, Shaper } from './shape.ts';

/**
 * The property that distinguishes the members of both unions, if there is one; `isMoved` if each has one that the other
 * lacks.
 */
export function tagKey(
  with_: Comparison,
  a: Shape,
  b: Shape,
): { readonly key: string | undefined; readonly isMoved: boolean } {
  const left = keysOf(with_.before, a);
  const right = keysOf(with_.after, b);
  const declared = [discriminatorOf(a), discriminatorOf(b)];
  const key = [...declared, ...left].find(
    (one) => one !== undefined && left.includes(one) && right.includes(one),
  );
  const isMoved = declared[0] !== undefined && declared[1] !== undefined && declared[0] !== declared[1];
  return { key, isMoved: key === undefined && isMoved };
}

/** Values of a member's tag, or `undefined` for a member that is not a tagged object. */
export function tagValues(shaper: Shaper, core: Core, key: string): readonly Primitive[] | undefined {
  if (core.kind !== 'object') return undefined;
  const node: TypeNode | undefined = Object.hasOwn(core.object.properties, key)
    ? core.object.properties[key]
    : undefined;
  const [only, ...more] = node ? shaper(node).members : [];
  return only?.kind === 'values' && more.length === 0 ? only.values : undefined;
}

/** How a path names a member: its tag, its type's name, or its kind. */
export function memberLabel(shaper: Shaper, core: Core, key: string | undefined): string {
  const tags = key === undefined ? undefined : tagValues(shaper, core, key);
  if (tags) return tags.join('|');
  return core.via ?? (core.kind === 'values' ? core.values.map(String).join('|') : core.kind);
}

function discriminatorOf(shape: Shape): string | undefined {
  return shape.node.kind === 'union' ? shape.node.discriminator : undefined;
}

/** Properties whose values differ between all objects of the union. */
function keysOf(shaper: Shaper, shape: Shape): readonly string[] {
  const objects = shape.members.filter((core) => core.kind === 'object');
  const [first] = objects;
  if (!first) return [];
  return Object.keys(first.object.properties).filter((key) => {
    const seen = new Set<Primitive>();
    return objects.every((core) => {
      const values = tagValues(shaper, core, key);
      if (!values || values.some((value) => seen.has(value))) return false;
      for (const value of values) seen.add(value);
      return true;
    });
  });
}
