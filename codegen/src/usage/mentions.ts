import type { ts as TypeScript } from 'ts-morph';
import type { Arguments, ArgumentShape } from './arguments.ts';

type Ts = typeof TypeScript;

/** How a module uses the name of an event. */
export type MentionKind =
  /** Key of an object, as in a table of handlers. */
  | 'key'
  /** `.emit('name')`, `.request('name')` and the like. */
  | 'send'
  /** `.on('name')` and the like. */
  | 'listen'
  /** Any other string. */
  | 'text';

/** A use of an event name in a module. */
export interface Mention {
  readonly kind: MentionKind;
  /** `undefined` if the name is not a literal. */
  readonly name: string | undefined;
  /** The side of a raw Socket.IO object; `undefined` for generated code and everything else. */
  readonly raw: 'server' | 'client' | undefined;
  /** For `send`: the arguments after the name. */
  readonly given?: Arguments;
  /** For `listen`: number of the listener's parameters; absent if unknown. */
  readonly takes?: number | undefined;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** The event names and identifiers of a module. */
export interface ModuleMentions {
  readonly mentions: readonly Mention[];
  /** Every identifier, including generated methods and hooks. */
  readonly identifiers: ReadonlySet<string>;
}

const sending = new Set(['emit', 'emitWithAck', 'request', 'send', 'serverSideEmit']);
const listening = new Set(['on', 'once', 'addListener', 'prependListener', 'onAny', 'off', 'removeListener']);

/** Finds them by syntax alone, without computing types or running code. */
export function findMentions(
  ts: Ts,
  { file, text }: { readonly file: string; readonly text: string },
): ModuleMentions {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const sockets = findSockets(ts, source);
  const mentions: Mention[] = [];
  const identifiers = new Set<string>();
  const add = (node: TypeScript.Node, mention: Omit<Mention, 'line' | 'column'>): void => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
    mentions.push({ ...mention, line: line + 1, column: character + 1 });
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isIdentifier(node)) identifiers.add(node.text);
    if (isNamed(ts, node) && ts.isObjectLiteralExpression(node.parent)) {
      const name =
        ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name) ? node.name.text : undefined;
      if (name !== undefined) add(node, { kind: 'key', name, raw: undefined });
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      const kind = sending.has(name.text) ? 'send' : listening.has(name.text) ? 'listen' : undefined;
      const [first] = node.arguments;
      if (kind !== undefined && first !== undefined) {
        const event = ts.isStringLiteralLike(first) ? first.text : undefined;
        const raw = sockets.get(rootName(ts, expression) ?? '');
        const rest = node.arguments.slice(1);
        const told = kind === 'send' ? { given: shapesOf(ts, rest) } : { takes: parametersOf(ts, rest[0]) };
        add(node.expression.name, { kind, name: event, raw, ...told });
      }
    } else if (ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent)) {
      add(node, { kind: 'text', name: node.text, raw: undefined });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { mentions, identifiers };
}

function shapesOf(ts: Ts, given: readonly TypeScript.Expression[]): Arguments {
  return given.some((argument) => ts.isSpreadElement(argument))
    ? undefined
    : given.map((argument) => shapeOf(ts, argument));
}

function shapeOf(ts: Ts, node: TypeScript.Expression): ArgumentShape {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return shapeOf(ts, node.expression);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return 'function';
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return 'string';
  if (ts.isNumericLiteral(node)) return 'number';
  if (ts.isArrayLiteralExpression(node)) return 'array';
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return 'boolean';
  if (node.kind === ts.SyntaxKind.NullKeyword) return 'null';
  if (!ts.isObjectLiteralExpression(node)) return 'unknown';
  const names = node.properties.map(({ name }) =>
    name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined,
  );
  return { keys: names.filter((name) => name !== undefined), open: names.includes(undefined) };
}

/** How many parameters a listener takes; `undefined` for one that is not written there, or takes any number. */
function parametersOf(ts: Ts, listener: TypeScript.Expression | undefined): number | undefined {
  if (!listener || !(ts.isArrowFunction(listener) || ts.isFunctionExpression(listener))) return undefined;
  const { parameters } = listener;
  return parameters.some(({ dotDotDotToken }) => dotDotDotToken !== undefined)
    ? undefined
    : parameters.length;
}

type NamedMember =
  TypeScript.PropertyAssignment | TypeScript.MethodDeclaration | TypeScript.ShorthandPropertyAssignment;

function isNamed(ts: Ts, node: TypeScript.Node): node is NamedMember {
  return (
    ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node) || ts.isShorthandPropertyAssignment(node)
  );
}

/** `socket` of `socket.broadcast.to('x').emit`. */
function rootName(ts: Ts, node: TypeScript.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) {
    const { text } = node.name;
    return node.expression.kind === ts.SyntaxKind.ThisKeyword ? text : rootName(ts, node.expression);
  }
  return ts.isCallExpression(node) || ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node)
    ? rootName(ts, node.expression)
    : undefined;
}

const packages: Readonly<Record<string, 'server' | 'client'>> = {
  'socket.io': 'server',
  'socket.io-client': 'client',
};

/** Names that stand for an object of Socket.IO's own, in a module that imports it. */
function findSockets(ts: Ts, source: TypeScript.SourceFile): ReadonlyMap<string, 'server' | 'client'> {
  const imported = new Map<string, 'server' | 'client'>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const side = packages[statement.moduleSpecifier.text];
    if (side === undefined) continue;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name) imported.set(name.text, side);
    if (namedBindings && ts.isNamedImports(namedBindings)) {
      for (const item of namedBindings.elements) imported.set(item.name.text, side);
    }
  }
  const found = new Map<string, 'server' | 'client'>();
  if (imported.size === 0) return found;
  const visit = (node: TypeScript.Node): void => {
    const isDeclared =
      ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isPropertyDeclaration(node);
    if (isDeclared && ts.isIdentifier(node.name)) {
      const side =
        sideOfType(ts, node.type, imported) ?? sideOfValue(ts, node.initializer, { imported, found });
      if (side !== undefined) found.set(node.name.text, side);
    }
    if (ts.isCallExpression(node)) {
      const parameter = connectionParameter(ts, node);
      if (parameter !== undefined) found.set(parameter, 'server');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

type Sides = ReadonlyMap<string, 'server' | 'client'>;

function sideOfType(ts: Ts, type: TypeScript.TypeNode | undefined, imported: Sides) {
  return type && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)
    ? imported.get(type.typeName.text)
    : undefined;
}

/** `io(url)`, `new Server()`, or a part of what is known already, such as `io.of('/')`. */
function sideOfValue(
  ts: Ts,
  value: TypeScript.Expression | undefined,
  { imported, found }: { readonly imported: Sides; readonly found: Sides },
) {
  if (value === undefined) return undefined;
  if ((ts.isCallExpression(value) || ts.isNewExpression(value)) && ts.isIdentifier(value.expression)) {
    return imported.get(value.expression.text);
  }
  return ts.isCallExpression(value) ? found.get(rootName(ts, value) ?? '') : undefined;
}

/** `socket` of `io.on('connection', (socket) => ...)`. */
function connectionParameter(
  ts: Ts,
  { expression, arguments: given }: TypeScript.CallExpression,
): string | undefined {
  const [event, listener] = given;
  if (!ts.isPropertyAccessExpression(expression) || !listening.has(expression.name.text)) return undefined;
  if (!event || !ts.isStringLiteralLike(event) || !['connection', 'connect'].includes(event.text))
    return undefined;
  if (!listener || !(ts.isArrowFunction(listener) || ts.isFunctionExpression(listener))) return undefined;
  const name = listener.parameters[0]?.name;
  return name && ts.isIdentifier(name) ? name.text : undefined;
}
