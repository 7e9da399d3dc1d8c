import { partsOf, type PartList } from '../children.ts';
import type { TypeNode } from '../model.ts';

/** A schema and its path, as in a diagnostic. */
export interface PlacedNode {
  readonly node: TypeNode;
  readonly path: readonly string[];
  /** Enclosing schemas, outermost first. */
  readonly around: readonly TypeNode[];
}

export interface WalkOptions {
  readonly path: readonly string[];
  readonly types: Readonly<Record<string, TypeNode>>;
}

/** A schema and everything in its wire form. A named type is entered once for each root. */
export function walkWire(root: TypeNode, { path, types }: WalkOptions): readonly PlacedNode[] {
  const found: PlacedNode[] = [];
  const entered = new Set<string>();
  const visit = (node: TypeNode, at: readonly string[], around: readonly TypeNode[]): void => {
    if (node.kind === 'ref') {
      const target = types[node.name];
      if (target === undefined || entered.has(node.name)) return;
      entered.add(node.name);
      visit(target, at, around);
      return;
    }
    found.push({ node, path: at, around });
    for (const [step, inner] of wireParts(node))
      visit(inner, step === '' ? at : [...at, step], [...around, node]);
  };
  visit(root, path, []);
  return found;
}

/** A codec or pipe is represented by its wire form. */
function wireParts(node: TypeNode): PartList {
  if (node.kind === 'codec') return [['', node.wire]];
  return node.kind === 'pipe' ? [['', node.in]] : partsOf(node);
}
