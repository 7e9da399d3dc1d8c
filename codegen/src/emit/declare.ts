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

/** ` extends A, B `, on separate lines if it does not fit. */
function heritage(parents: readonly string[], [column, after]: readonly [number, number]): string {
  if (parents.length === 0) return ' ';
  const oneLine = ` extends ${parents.join(', ')} `;
  if (column - 1 + oneLine.length + after <= lineWidth) return oneLine;
  return `\n  extends ${parents.join(',\n    ')} `;
}

/** A method of an interface, or with `arrow` a property that holds a function. */
export interface MethodParts {
  readonly doc: DocParts;
  /** The text before the parameters: a name with its type parameters, or a key for an arrow. */
  readonly head: string;
  readonly params: readonly string[];
  readonly result: string;
  readonly arrow?: true;
}

/** A method of an interface. */
export function method({ doc, head, params, result, arrow }: MethodParts): string {
  const [only] = params;
  const list = only?.startsWith('...') ? restParameter(only) : parameters(params);
  const layout = arrow ? [`${head}: `, list, ` => ${result};`] : [head, list, `: ${result};`];
  return `${docText(doc, '  ')}  ${print(layout, '  ', [2, 0])}\n`;
}

/** A property of an interface. `head`: its name with modifiers. */
export function property(head: string, type: string, doc: DocParts = {}): string {
  return `${docText(doc, '  ')}  ${head}: ${type};\n`;
}

/** The main export of a file: a function that the runtime creates from two types and the table. */
export interface FactoryParts {
  readonly doc: DocParts;
  readonly name: string;
  /** The runtime's function, with any text before it. */
  readonly define: string;
  readonly types: readonly string[];
  /** Parts of the runtime that the function receives besides the table. */
  readonly features?: readonly string[];
}

/** Declares and exports the function that creates a server or a client. */
export function factory({ doc, name, define, types, features = [] }: FactoryParts): string {
  const head = `export const ${name} = ${define}`;
  if (features.length === 0) return declared(doc, [head, typeArguments(types), '(table);']);
  // Break only the features, if that is enough.
  const line = `${head}<${types.join(', ')}>(table, {`;
  const start = line.length <= lineWidth ? [line.slice(0, -1)] : [head, typeArguments(types), '(table, '];
  return declared(doc, [...start, objectValue(features), ');']);
}

function declared(doc: DocParts, layout: Layout): string {
  return `${docText(doc)}${print(layout, '', [0, 0])}\n`;
}

/** A doc comment with its line feed; an empty string if all parts are absent. */
export function docText(parts: DocParts, indent = ''): string {
  return docComment(parts)?.(indent) ?? '';
}
