import { readdirSync } from 'node:fs';
import path from 'node:path';
import { transform } from 'esbuild';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { createBundler } from '../../codegen/src/bundle.ts';
import { makePlan, type Piece, type Plan } from '../../codegen/src/rerun/plan.ts';
import { splitBundle } from '../../codegen/src/rerun/split.ts';
import { syntheticContract } from '../bench/codegen/synthetic-contract.ts';
import { createProject } from '../cli/project.ts';
import { randomOf } from './edits.ts';
import { expressionOf } from './expressions.ts';

const root = path.resolve(import.meta.dirname, '../..');
const seed = Number(process.env['SOCKEYE_SEED'] ?? 20_261_121);

const trusted = { isPackage: () => true, isModule: () => false };

/** A plan of a bundle, held against what a real parser reads; `undefined` where it says that it cannot read. */
function checkedPlan(code: string): Plan | undefined {
  const statements = splitBundle(code);
  const plan = statements && makePlan(statements, { trusted, before: undefined });
  if (statements === undefined || plan === undefined) return undefined;
  const source = parse(code);
  expect(statements.map(({ text }) => text)).toEqual(source.statements.map((each) => each.getText(source)));
  for (const { text, entries } of statements) {
    const parsed = parse(text);
    const calls = new Map(onceIn(parsed).map((node) => [node.getStart(parsed), node]));
    for (const { key, start, end } of entries) {
      const call = calls.get(start);
      expect([key, text.slice(start, end).trimEnd()], text).toEqual([
        call && (call.parent as ts.PropertyAssignment).name.getText(parsed),
        call?.getText(parsed),
      ]);
    }
  }
  const read = plan.parts.filter(({ kind }) => kind !== 'frame');
  for (const part of read) for (const piece of [part, ...part.entries]) checkFacts(piece);
  return plan;
}

/** Values of properties that run no more than once when a statement does. */
function onceIn(source: ts.SourceFile): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isIterationStatement(node, true)) return;
    if (ts.isPropertyAssignment(node)) found.push(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function parse(code: string): ts.SourceFile {
  const source = ts.createSourceFile('a.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const { parseDiagnostics = [] } = source as { readonly parseDiagnostics?: readonly ts.Diagnostic[] };
  expect(
    parseDiagnostics.map(({ messageText }) => messageText),
    code,
  ).toEqual([]);
  return source;
}

function checkFacts({ text, facts }: Piece): void {
  const isStatement = /^(?:var|let|const|class)\b/.test(text);
  const source = parse(isStatement ? text : `(${text}\n)`);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isReference(node)) expect(facts.names, text).toContain(node.text);
    if (facts.isPlain) expect(offence(node, facts.called), text).toBeUndefined();
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** Whether a name stands for what is around it, or for what is declared there. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isExpressionWithTypeArguments(parent) || ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isMetaProperty(parent))
    return false;
  const declares =
    ts.isMethodDeclaration(parent) || ts.isAccessor(parent) || ts.isPropertyDeclaration(parent);
  const isKnown = /^(?:undefined|get|set|of|async|arguments|eval|require|module|exports|with|super)$/;
  return !(declares && parent.name === node) && !isKnown.test(node.text);
}

/** What no plain code has in it. */
function offence(node: ts.Node, called: readonly string[]): string | undefined {
  const kind = ts.SyntaxKind[node.kind];
  if (forbidden.has(node.kind)) return kind;
  if (ts.isBinaryExpression(node)) return isAssignment(node.operatorToken.kind) ? 'an assignment' : undefined;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    return /PlusPlus|MinusMinus/.test(ts.SyntaxKind[node.operator]) ? 'a step' : undefined;
  if (ts.isForOfStatement(node) || ts.isForInStatement(node))
    return ts.isVariableDeclarationList(node.initializer) ? undefined : 'a loop that assigns';
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const callee = node.expression;
    if (ts.isIdentifier(callee)) return called.includes(callee.text) ? undefined : `a call of ${callee.text}`;
    if (ts.isNewExpression(node) || !ts.isPropertyAccessExpression(callee)) return 'a call of what is made';
    if (/^(?:push|set|assign|sort|call|bind|splice)$/.test(callee.name.text)) return 'a change';
    const [first] = node.arguments;
    const takes = /^(?:map|filter|some|every|reduce|apply|find)$/.test(callee.name.text);
    return takes && first && !ts.isArrowFunction(first) ? 'a call of what is handed in' : undefined;
  }
  return undefined;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

const forbidden: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.SuperKeyword,
  ts.SyntaxKind.AwaitExpression,
  ts.SyntaxKind.YieldExpression,
  ts.SyntaxKind.DeleteExpression,
  ts.SyntaxKind.TaggedTemplateExpression,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.WithStatement,
  ts.SyntaxKind.DebuggerStatement,
]);

async function bundled(file: string): Promise<string> {
  const bundler = createBundler(path.dirname(file));
  try {
    const built = await bundler.bundle([file]);
    if (!built.ok) throw new Error(JSON.stringify(built.errors));
    return built.bundles[0]?.code ?? '';
  } finally {
    await bundler.dispose();
  }
}

describe('the reader of bundles agrees with a parser', { timeout: 120_000 }, () => {
  test.each(['contracts', 'test/golden', 'test/legacy'].flatMap((folder) => contractsBelow(folder)))(
    'on %s',
    async (file) => {
      const code = await bundled(path.join(root, file));
      checkedPlan(code);
      expect(code.length).toBeGreaterThan(500);
    },
  );

  test('on a contract of many events, which it can read', async () => {
    await using project = await createProject({ 'load.contract.ts': syntheticContract(60) });
    const plan = checkedPlan(await bundled(path.join(project.dir, 'load.contract.ts')));
    expect(plan?.parts.flatMap(({ entries }) => entries).length).toBeGreaterThan(60);
  });

  test(`on expressions by chance, seed ${seed}`, async () => {
    const random = randomOf(seed);
    let readable = 0;
    let plain = 0;
    for (let round = 0; round < 1_500; round += 1) {
      const text = `var first = ${expressionOf(random)};\nvar second = { key: make(${expressionOf(random)}), other: ${expressionOf(random)} };\n`;
      const { code } = await transform(text, { loader: 'js', target: 'node20', format: 'cjs' });
      const plan = checkedPlan(code);
      if (plan !== undefined) readable += 1;
      plain += plan?.parts.filter(({ facts }) => facts.isPlain).length ?? 0;
    }
    // Where nothing can be read, nothing is misread.
    expect(readable).toBeGreaterThan(200);
    expect(plain).toBeGreaterThan(100);
  });
});

function contractsBelow(folder: string): readonly string[] {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .map((file) => path.join(folder, file))
    .filter(
      (file) => file.endsWith('.contract.ts') && !/node_modules|\.cache|bad-sample|must-fail/.test(file),
    )
    .sort();
}
