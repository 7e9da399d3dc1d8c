import type { TypeNode } from '../model.ts';

/** Schemas by id, as {@link RefNode} points to them. */
export type NamedTypes = Readonly<Record<string, TypeNode>>;

/** Whether the key of a property may be missing in application form; Zod's `optout`. */
export function mayBeAbsent(node: TypeNode, types: NamedTypes): boolean {
  return someInner(node, types, (inner) => inner.kind === 'optional');
}

/** Whether a value may be `undefined` in application form. */
export function mayBeUndefined(node: TypeNode, types: NamedTypes): boolean {
  return someInner(
    node,
    types,
    (inner) => inner.kind === 'undefined' || (inner.kind === 'optional' && !inner.exact),
  );
}

/** Whether it is a named schema that lets `undefined` in, so that its type has to be narrowed by name. */
export function isUndefinedByName(node: TypeNode, types: NamedTypes): boolean {
  return someInner(node, types, (inner) => inner.kind === 'ref' && mayBeUndefined(inner, types));
}

/** Follows a node to the nodes whose value it passes on, until one answers. */
function someInner(
  node: TypeNode,
  types: NamedTypes,
  answers: (node: TypeNode) => boolean,
  seen?: Set<string>,
): boolean {
  if (answers(node)) return true;
  switch (node.kind) {
    case 'nullable':
    case 'optional':
    case 'catch':
    case 'readonly':
      return someInner(node.inner, types, answers, seen);
    case 'codec':
      return someInner(node.app, types, answers, seen);
    case 'pipe':
      return someInner(node.out, types, answers, seen);
    case 'union':
      return node.members.some((each) => someInner(each, types, answers, seen));
    case 'ref': {
      const target = types[node.name];
      if (target === undefined || seen?.has(node.name)) return false;
      return someInner(target, types, answers, new Set(seen).add(node.name));
    }
    default:
      return false;
  }
}
