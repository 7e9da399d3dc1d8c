import type { TypeNode } from '../model.ts';
import type { Finding } from './site.ts';

/** Whether a sender may hand over `undefined` for a node, as far as can be seen without following names. */
export function mayBeUndefined(node: TypeNode): boolean {
  switch (node.kind) {
    case 'undefined':
    case 'optional':
      return true;
    case 'nullable':
    case 'readonly':
      return mayBeUndefined(node.inner);
    case 'union':
      return node.members.some(mayBeUndefined);
    case 'pipe':
      return mayBeUndefined(node.out);
    default:
      return false;
  }
}

/** What to say of `undefined` where JSON has no way to leave a value out. */
export function undefinedFinding(where: string): Finding {
  return {
    id: 'undefined-on-the-wire',
    level: 'warning',
    message: `JSON has no undefined: ${where} arrives as null and is refused.`,
    hint: 'Use .nullable() and null, or an object with an optional property.',
  };
}
