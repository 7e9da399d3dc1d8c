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

/** The schemas that a schema is made of. */
function children(node: TypeNode): readonly TypeNode[] {
  switch (node.kind) {
    case 'object':
      return [
        ...Object.values(node.properties),
        ...(typeof node.unknownKeys === 'object' ? [node.unknownKeys] : []),
      ];
    case 'array':
      return [node.item];
    case 'tuple':
      return [...node.items, ...(node.rest ? [node.rest] : [])];
    case 'record':
    case 'map':
      return [node.key, node.value];
    case 'set':
      return [node.value];
    case 'union':
      return node.members;
    case 'intersection':
      return [node.left, node.right];
    case 'nullable':
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'catch':
    case 'readonly':
      return [node.inner];
    case 'codec':
      return [node.wire, node.app];
    case 'pipe':
      return [node.in, node.out];
    case 'template':
      return node.parts.filter((part) => typeof part !== 'string');
    default:
      return [];
  }
}
