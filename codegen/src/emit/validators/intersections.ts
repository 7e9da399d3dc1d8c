import type { IntersectionNode, ObjectNode, TypeNode } from '../../model.ts';
import { quote } from '../literal.ts';
import { called } from './convert.ts';
import { delegate, memberFunction, resolved } from './functions.ts';
import type { Module } from './module.ts';
import type { Place } from './place.ts';

/** Statements of an intersection: both sides, then one result. */
export function writeIntersection(node: IntersectionNode, place: Place): void {
  const { module, lines } = place;
  const sides = objectsOf(node, module);
  if (sides === undefined) return delegate(node, place);
  const [left, right] = [open(node.left, module), open(node.right, module)].map((side, index) => {
    const at = { ...place, wanted: `${place.wanted} ${index === 0 ? 'left' : 'right'}` };
    return called(memberFunction(side, at), 'value', [at, side]);
  });
  if (sides.every((side) => side.unknownKeys === 'strict')) {
    const keys = new Set(sides.flatMap((side) => Object.keys(side.properties)));
    const unknown = [...keys].sort().map((key) => `key !== ${quote(key)}`);
    // Both sides are objects, or this is not reached.
    lines.push(
      `for (const key in value as object) if (${unknown.join(' && ') || 'true'}) return ${module.use('INVALID')};`,
    );
  }
  lines.push(`return ${module.use('merged')}(${left}, ${right});`);
}

/** The intersected objects; `undefined` if a side is something else, which may reject keys in its own way. */
function objectsOf(node: TypeNode, module: Module): readonly ObjectNode[] | undefined {
  const side = resolved(node, module);
  if (side.kind === 'object') return [side];
  if (side.kind !== 'intersection') return undefined;
  const [left, right] = [objectsOf(side.left, module), objectsOf(side.right, module)];
  return left && right && [...left, ...right];
}

/** The same side without its rule for unknown keys, which all sides together apply. */
function open(node: TypeNode, module: Module): TypeNode {
  const side = resolved(node, module);
  if (side.kind === 'intersection' && objectsOf(side, module)?.some(isStrict))
    return { ...side, left: open(side.left, module), right: open(side.right, module) };
  return side.kind === 'object' && isStrict(side) ? { ...side, unknownKeys: 'strip' } : node;
}

function isStrict(node: ObjectNode): boolean {
  return node.unknownKeys === 'strict';
}
