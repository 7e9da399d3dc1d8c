import type { TypeNode } from '../model.ts';

/** Schemas by id, as {@link RefNode} points to them. */
export type NamedTypes = Readonly<Record<string, TypeNode>>;

/** Whether the key of a property may be missing in application form; Zod's `optout`. */
export function mayBeAbsent(node: TypeNode, types: NamedTypes): boolean {
  return passedOn(node, types).some((inner) => inner.kind === 'optional');
}

/** Whether a value may be `undefined` in application form. */
export function mayBeUndefined(node: TypeNode, types: NamedTypes): boolean {
  return passedOn(node, types).some(isUndefined);
}

/** Whether a value may be `null` in application form. */
export function mayBeNull(node: TypeNode, types: NamedTypes): boolean {
  return passedOn(node, types).some(
    (inner) =>
      ['nullable', 'null', 'any'].includes(inner.kind) ||
      (inner.kind === 'literal' && inner.values.includes(null)),
  );
}

/** Whether it is a named schema that accepts `undefined`, so that its type has to be narrowed by name. */
export function isUndefinedByName(node: TypeNode, types: NamedTypes): boolean {
  return passedOn(node, types).some((inner) => inner.kind === 'ref' && mayBeUndefined(inner, types));
}

function isUndefined(node: TypeNode): boolean {
  return node.kind === 'undefined' || (node.kind === 'optional' && !node.exact);
}

/** A node, and every node that passes its value through, with references resolved. */
function passedOn(node: TypeNode, types: NamedTypes): readonly TypeNode[] {
  const found: TypeNode[] = [node];
  const names = new Set<string>();
  for (const each of found) {
    if (each.kind === 'ref') {
      const target = types[each.name];
      if (target !== undefined && !names.has(each.name)) found.push(target);
      names.add(each.name);
    } else found.push(...inners(each));
  }
  return found;
}

/** The nodes whose value a node passes through unchanged. */
function inners(node: TypeNode): readonly TypeNode[] {
  switch (node.kind) {
    case 'nullable':
    case 'optional':
    case 'catch':
    case 'readonly':
      return [node.inner];
    case 'codec':
      return [node.app];
    case 'pipe':
      return [node.out];
    case 'union':
      return node.members;
    default:
      return [];
  }
}
