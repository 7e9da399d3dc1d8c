import type { TypeNode } from '../model.ts';

/** A schema and where it stands, as a diagnostic's path. */
export interface PlacedNode {
  readonly node: TypeNode;
  readonly path: readonly string[];
  /** Schemas around it, the outermost first. */
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
    for (const [step, inner] of partsOf(node))
      visit(inner, step === '' ? at : [...at, step], [...around, node]);
  };
  visit(root, path, []);
  return found;
}

type PartList = readonly (readonly [step: string, node: TypeNode])[];

/** What a schema is made of, each with the step that a diagnostic's path has for it. */
function partsOf(node: TypeNode): PartList {
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
      return [['', node.wire]];
    case 'pipe':
      return [['', node.in]];
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
