import type { TypeNode } from '../model.ts';
import type { Types } from './read.ts';

/** Whether a node or any part of what travels for it passes a test; named types are entered once. */
export function someNode(root: TypeNode, types: Types, test: (node: TypeNode) => boolean): boolean {
  const seen = new Set<string>();
  const visit = (node: TypeNode): boolean => test(node) || partsOf(node, types, seen).some(visit);
  return visit(root);
}

function partsOf(node: TypeNode, types: Types, seen: Set<string>): readonly TypeNode[] {
  switch (node.kind) {
    case 'ref': {
      const target = types[node.name];
      if (!target || seen.has(node.name)) return [];
      seen.add(node.name);
      return [target];
    }
    case 'object':
      return Object.values(node.properties);
    case 'array':
      return [node.item];
    case 'tuple':
      return node.rest ? [...node.items, node.rest] : node.items;
    case 'record':
      return [node.value];
    case 'union':
      return node.members;
    case 'intersection':
      return [node.left, node.right];
    case 'pipe':
      return [node.in, node.out];
    case 'codec':
      return [node.wire];
    default:
      return 'inner' in node ? [node.inner] : [];
  }
}
