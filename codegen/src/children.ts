import type { TypeNode } from './model.ts';

/** The parts of a schema, each with the step to it, as in diagnostics; empty if the part is at the same place. */
export type PartList = readonly (readonly [step: string, node: TypeNode])[];

/** The parts of a schema, including both sides of a codec and parts of templates. A reference has none. */
export function children(node: TypeNode): readonly TypeNode[] {
  const found: TypeNode[] = [];
  somePart(node, (part) => {
    found.push(part);
    return false;
  });
  return found;
}

/** {@link children} and the steps to them. */
export function partsOf(node: TypeNode): PartList {
  const found: (readonly [string, TypeNode])[] = [];
  somePart(node, (part, step) => {
    found.push([step, part]);
    return false;
  });
  return found;
}

/** Whether one of the {@link children} passes a test; stops at the first one. Allocates nothing. */
export function somePart(node: TypeNode, test: (part: TypeNode, step: string) => boolean): boolean {
  switch (node.kind) {
    case 'object': {
      const { properties, unknownKeys } = node;
      const keys = Object.keys(properties);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        if (test(properties[key] as TypeNode, key)) return true;
      }
      return typeof unknownKeys !== 'string' && test(unknownKeys, '{}');
    }
    case 'array':
      return test(node.item, '[]');
    case 'tuple':
      return (
        node.items.some((item, index) => test(item, `[${index}]`)) ||
        (node.rest !== undefined && test(node.rest, '[]'))
      );
    case 'record':
    case 'map':
      return test(node.key, '{key}') || test(node.value, '{}');
    case 'set':
      return test(node.value, '[]');
    case 'union':
      return node.members.some((member, index) => test(member, `|${index}`));
    case 'intersection':
      return test(node.left, '&0') || test(node.right, '&1');
    case 'nullable':
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'catch':
    case 'readonly':
      return test(node.inner, '');
    case 'codec':
      return test(node.wire, '') || test(node.app, '');
    case 'pipe':
      return test(node.in, '') || test(node.out, '');
    case 'template':
      return node.parts.some((part) => typeof part !== 'string' && test(part, ''));
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
      return false;
    default:
      return node satisfies never;
  }
}
