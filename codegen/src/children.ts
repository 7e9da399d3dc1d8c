import type { TypeNode } from './model.ts';

/** The schemas that a schema is made of: both sides of a codec, and parts of templates too. A reference has none. */
export function children(node: TypeNode): readonly TypeNode[] {
  switch (node.kind) {
    case 'object':
      return [
        ...Object.values(node.properties),
        ...(typeof node.unknownKeys === 'string' ? [] : [node.unknownKeys]),
      ];
    case 'array':
      return [node.item];
    case 'tuple':
      return node.rest ? [...node.items, node.rest] : node.items;
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
    case 'string':
    case 'number':
    case 'bigint':
    case 'date':
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'any':
    case 'never':
    case 'literal':
    case 'enum':
    case 'binary':
    case 'instance':
    case 'ref':
      return [];
    default:
      return node satisfies never;
  }
}
