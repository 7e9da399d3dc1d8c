import { children } from '../children.ts';
import type { TypeNode } from '../model.ts';
import type { NamedTypes } from './absence.ts';

/** Whether a named schema contains itself, at any depth. */
export function isRecursive(id: string, types: NamedTypes): boolean {
  const seen = new Set<string>();
  const waiting = [id];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = types[name];
    for (const next of node ? references(node) : []) {
      if (next === id) return true;
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
  return false;
}

/** Ids that a schema refers to, without following them. */
function references(node: TypeNode): string[] {
  if (node.kind === 'ref') return [node.name];
  return children(node).flatMap(references);
}
