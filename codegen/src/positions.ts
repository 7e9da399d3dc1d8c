import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Expression, Node, Project, SourceFile } from 'ts-morph';
import type { SourcePlace } from './run-bundle.ts';

/** What to locate. */
export interface PositionQuery {
  /** Module that holds the contract or the configuration; absolute. */
  readonly file: string;
  /** Name of the contract. Default: the default export of the module. */
  readonly contract?: string | undefined;
  /** As in a diagnostic: `['clientToServer', 'task:create', 'payload', 'dueAt']`. */
  readonly path: readonly string[];
}

/** Finds source positions. */
export interface Locator {
  /** The position of the deepest part of the path that can be found; `undefined` if not even the contract can. */
  locate(query: PositionQuery): SourcePlace | undefined;
}

/**
 * Creates a locator over the syntax of modules, without computing types or running code. It follows schemas through
 * variables and imports of the project's own modules. Loading the parser costs about half a second once.
 */
export async function createLocator(): Promise<Locator> {
  const morph = await import('ts-morph');
  const project = new morph.Project({
    skipFileDependencyResolution: true,
    skipLoadingLibFiles: true,
    skipAddingFilesFromTsConfig: true,
    compilerOptions: { allowJs: true },
  });
  const walker: Walker = { is: morph.Node, project };
  return {
    locate: ({ file, contract, path: keys }) => {
      const source = project.addSourceFileAtPathIfExists(file);
      const root =
        source &&
        (contract === undefined
          ? defaultExport(walker, source)
          : findContract(walker, source, { key: contract, hops: 0 }));
      return root && placeOf(descend(walker, root, keys));
    },
  };
}

interface Walker {
  readonly is: typeof Node;
  readonly project: Project;
}

/** A property of an object, or an item of a list: its position and its content. */
interface Member {
  readonly at: Node;
  readonly value: Node;
}

function descend(walker: Walker, root: Node, keys: readonly string[]): Node {
  let found: Member = { at: root, value: root };
  for (const key of keys) {
    const next = memberOf(walker, found.value, { key, hops: 0 });
    if (next !== undefined) found = next;
    // These have no text of their own; another name that is not found has nothing below it either.
    else if (!/^(?:[[{|&(].*|details)$/.test(key)) break;
  }
  return found.at;
}

function placeOf(node: Node): SourcePlace {
  const source = node.getSourceFile();
  return { file: path.normalize(source.getFilePath()), ...source.getLineAndColumnAtPos(node.getStart()) };
}

interface Step {
  readonly key: string;
  /** How many names were followed. */
  readonly hops: number;
}

/** Arguments of these are not part of a schema's shape. */
const notShapes = new Set(
  'meta describe register refine superRefine check overwrite transform default prefault catch pick omit partial required'.split(
    ' ',
  ),
);

/** Looks a key up in whatever an expression is: an object, a call that is given one, a name for either. */
function memberOf(walker: Walker, node: Node, step: Step): Member | undefined {
  const { is } = walker;
  const within = (inner: Node | undefined): Member | undefined => inner && memberOf(walker, inner, step);
  if (is.isObjectLiteralExpression(node)) return propertyOf(walker, node, step);
  if (is.isArrayLiteralExpression(node)) {
    const item = node.getElements()[Number.parseInt(/\d+/.exec(step.key)?.[0] ?? '', 10)];
    return item && { at: item, value: item };
  }
  if (is.isCallExpression(node)) {
    const callee = node.getExpression();
    const method = is.isPropertyAccessExpression(callee) ? callee : undefined;
    return (
      (notShapes.has(method?.getName() ?? '') ? undefined : firstOf(node.getArguments(), within)) ??
      within(method?.getExpression())
    );
  }
  if (is.isIdentifier(node)) {
    const target = resolveName(walker, {
      source: node.getSourceFile(),
      name: node.getText(),
      hops: step.hops,
    });
    return target && memberOf(walker, target.node, { ...step, hops: target.hops });
  }
  if (is.isPropertyAccessExpression(node)) {
    if (node.getName() === 'shape') return within(node.getExpression());
    const target = openNamespace(walker, node.getExpression());
    if (target !== undefined) {
      const found = resolveName(walker, { source: target, name: node.getName(), hops: step.hops + 1 });
      return found && memberOf(walker, found.node, { ...step, hops: found.hops });
    }
    return within(memberOf(walker, node.getExpression(), { ...step, key: node.getName() })?.value);
  }
  if (is.isArrowFunction(node)) return within(node.getBody());
  if (is.isExpressioned(node)) return within(node.getExpression());
  return undefined;
}

function propertyOf(walker: Walker, node: Node, step: Step): Member | undefined {
  const { is } = walker;
  if (!is.isObjectLiteralExpression(node)) return undefined;
  const properties = node.getProperties();
  const own = properties.find(
    (property) => !is.isSpreadAssignment(property) && unquoted(property.getName()) === step.key,
  );
  if (is.isPropertyAssignment(own)) return { at: own, value: own.getInitializerOrThrow() };
  if (is.isShorthandPropertyAssignment(own)) return { at: own, value: own.getNameNode() };
  if (is.isGetAccessorDeclaration(own)) {
    const returned = own.getStatements().find(is.isReturnStatement)?.getExpression();
    return { at: own, value: returned ?? own };
  }
  if (own !== undefined) return { at: own, value: own };
  return firstOf(properties.filter(is.isSpreadAssignment), (spread) =>
    memberOf(walker, spread.getExpression(), step),
  );
}

function unquoted(name: string): string {
  return /^['"`]/.test(name) ? name.slice(1, -1) : name;
}

interface Reference {
  readonly source: SourceFile;
  readonly name: string;
  readonly hops: number;
}

/** What a name of a module stands for, also where the module imports it. */
function resolveName(
  walker: Walker,
  { source, name, hops }: Reference,
): { readonly node: Expression; readonly hops: number } | undefined {
  if (hops >= maxHops) return undefined;
  const initializer = source.getVariableDeclaration(name)?.getInitializer();
  if (initializer !== undefined) return { node: initializer, hops: hops + 1 };
  for (const declaration of source.getImportDeclarations()) {
    const imported = declaration
      .getNamedImports()
      .find((item) => (item.getAliasNode()?.getText() ?? item.getName()) === name);
    const target = imported && openImport(walker, source, declaration.getModuleSpecifierValue());
    if (target) return resolveName(walker, { source: target, name: imported.getName(), hops: hops + 1 });
  }
  return undefined;
}

/** Recursive schemas and modules that import each other end here. */
const maxHops = 16;

/** The module that `name` of `import * as name` stands for. */
function openNamespace(walker: Walker, name: Node): SourceFile | undefined {
  const source = name.getSourceFile();
  const declaration = source
    .getImportDeclarations()
    .find((candidate) => candidate.getNamespaceImport()?.getText() === name.getText());
  return declaration && openImport(walker, source, declaration.getModuleSpecifierValue());
}

/** A module of the project, by the specifier that another one names it with. */
function openImport(walker: Walker, from: SourceFile, specifier: string): SourceFile | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const base = path.resolve(path.dirname(from.getFilePath()), specifier);
  const candidates = [
    base,
    base.replace(/\.([mc]?)js$/, '.$1ts'),
    `${base}.ts`,
    `${base}.js`,
    path.join(base, 'index.ts'),
  ];
  const file = candidates.find((candidate) => path.extname(candidate) !== '' && existsSync(candidate));
  return file === undefined ? undefined : walker.project.addSourceFileAtPathIfExists(file);
}

function defaultExport({ is }: Walker, source: SourceFile): Node | undefined {
  return source.getStatements().find(is.isExportAssignment)?.getExpression();
}

/** The call that makes the contract `key`: in the module, or in one that it exports from. */
function findContract(walker: Walker, source: SourceFile, { key, hops }: Step): Node | undefined {
  const { is } = walker;
  const values = source.getVariableDeclarations().map((declaration) => declaration.getInitializer());
  const calls = [...values, defaultExport(walker, source)].filter(
    (value) => is.isCallExpression(value) && /\bdefineContract$/.test(value.getExpression().getText()),
  );
  const named = calls.find((call) => {
    const value = call && memberOf(walker, call, { key: 'name', hops: 0 })?.value;
    return is.isStringLiteral(value) && value.getLiteralValue() === key;
  });
  if (named !== undefined || calls.length === 1) return named ?? calls[0];
  return firstOf(hops < maxHops ? source.getExportDeclarations() : [], (declaration) => {
    const target = openImport(walker, source, declaration.getModuleSpecifierValue() ?? '');
    return target && findContract(walker, target, { key, hops: hops + 1 });
  });
}

function firstOf<Item, Result>(
  items: readonly Item[],
  find: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const result = find(item);
    if (result !== undefined) return result;
  }
  return undefined;
}
