import type { TypeNode } from './model.ts';

/** What a schema is made of, each with the step to it: as diagnostics write it, empty where it stands at the same place. */
export type PartList = readonly (readonly [step: string, node: TypeNode])[];

/** The schemas that a schema is made of: both sides of a codec, and parts of templates too. A reference has none. */
export function children(node: TypeNode): readonly TypeNode[] {
  return partsOf(node).map(([, part]) => part);
}

/** {@link children} and the steps to them. */
export function partsOf(node: TypeNode): PartList {
  switch (node.kind) {
    case 'object': {
      const { unknownKeys } = node;
      const rest: PartList = typeof unknownKeys === 'string' ? [] : [['{}', unknownKeys]];
      return [...Object.entries(node.properties), ...rest];
    }
    case 'array':
      return [['[]', node.item]];
    case 'tuple': {
      const rest: PartList = node.rest === undefined ? [] : [['[]', node.rest]];
      return [...node.items.map((item, index) => [`[${index}]`, item] as const), ...rest];
    }
    case 'record':
    case 'map':
      return [
        ['{key}', node.key],
        ['{}', node.value],
      ];
    case 'set':
      return [['[]', node.value]];
    case 'union':
      return node.members.map((member, index) => [`|${index}`, member]);
    case 'intersection':
      return [
        ['&0', node.left],
        ['&1', node.right],
      ];
    case 'nullable':
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'catch':
    case 'readonly':
      return [['', node.inner]];
    case 'codec':
      return [
        ['', node.wire],
        ['', node.app],
      ];
    case 'pipe':
      return [
        ['', node.in],
        ['', node.out],
      ];
    case 'template':
      return node.parts.flatMap((part) => (typeof part === 'string' ? [] : [['', part] as const]));
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
