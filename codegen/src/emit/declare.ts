import { docComment, type DocParts } from './doc-comment.ts';
import {
  lineWidth,
  objectValue,
  parameters,
  print,
  restParameter,
  typeArguments,
  type Layout,
} from './layout.ts';

/** An interface of a generated file. */
export interface InterfaceParts {
  readonly doc: DocParts;
  /** With its type parameters. */
  readonly name: string;
  /** What it extends. */
  readonly parents?: readonly string[];
  /** Each ends in a line feed. */
  readonly members: readonly string[];
}

/** Declares an interface and exports it. */
export function interfaceText({ doc, name, parents = [], members }: InterfaceParts): string {
  const body = members.length === 0 ? '{}\n' : `{\n${members.join('')}}\n`;
  const head = `export interface ${name} `;
  return docText(doc) + head.trimEnd() + heritage(parents, [head.length, body.indexOf('\n')]) + body;
}

/** ` extends A, B `, on lines of its own where it does not fit. */
function heritage(parents: readonly string[], [column, after]: readonly [number, number]): string {
  if (parents.length === 0) return ' ';
  const oneLine = ` extends ${parents.join(', ')} `;
  if (column - 1 + oneLine.length + after <= lineWidth) return oneLine;
  return `\n  extends ${parents.join(',\n    ')} `;
}

/** A method of an interface, or with `arrow` a property that holds a function. */
export interface MethodParts {
  readonly doc: DocParts;
  /** What stands before the parameters: a name with its type parameters; a key for an arrow. */
  readonly head: string;
  readonly params: readonly string[];
  readonly result: string;
  readonly arrow?: true;
}

/** A member of an interface that is called. */
export function method({ doc, head, params, result, arrow }: MethodParts): string {
  const [only] = params;
  const list = only?.startsWith('...') ? restParameter(only) : parameters(params);
  const layout = arrow ? [`${head}: `, list, ` => ${result};`] : [head, list, `: ${result};`];
  return `${docText(doc, '  ')}  ${print(layout, '  ', [2, 0])}\n`;
}

/** A member of an interface that holds a value. `head`: with its modifiers. */
export function property(head: string, type: string, doc: DocParts = {}): string {
  return `${docText(doc, '  ')}  ${head}: ${type};\n`;
}

/** What a file is for: a function that its runtime makes of two types and the table. */
export interface FactoryParts {
  readonly doc: DocParts;
  readonly name: string;
  /** The runtime's function, with what stands before it. */
  readonly define: string;
  readonly types: readonly string[];
  /** Parts of the runtime that the function is given beside the table. */
  readonly features?: readonly string[];
}

/** Declares the function that makes a server or a client, and exports it. */
export function factory({ doc, name, define, types, features = [] }: FactoryParts): string {
  const head = `export const ${name} = ${define}`;
  if (features.length === 0) return declared(doc, [head, typeArguments(types), '(table);']);
  // The features are what is broken, where that is enough.
  const line = `${head}<${types.join(', ')}>(table, {`;
  const start = line.length <= lineWidth ? [line.slice(0, -1)] : [head, typeArguments(types), '(table, '];
  return declared(doc, [...start, objectValue(features), ');']);
}

function declared(doc: DocParts, layout: Layout): string {
  return `${docText(doc)}${print(layout, '', [0, 0])}\n`;
}

/** A doc comment with its line feed; nothing where there is nothing to say. */
export function docText(parts: DocParts, indent = ''): string {
  return docComment(parts)?.(indent) ?? '';
}
