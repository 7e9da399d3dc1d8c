import type { TypeNode } from '../model.ts';
import type { Finding } from './site.ts';

/** Whether a sender may pass `undefined` for a node, as far as known without following references. */
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

/** The finding for `undefined` where JSON cannot omit a value. */
export function undefinedFinding(where: string): Finding {
  return {
    id: 'undefined-on-the-wire',
    level: 'warning',
    message: `JSON has no undefined: ${where} arrives as null and is refused.`,
    hint: 'Use .nullable() and send null, or use an object with an optional property.',
  };
}
