import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Who may import what. The first row whose `files` matches decides; tests beside sources get `forTests` on top. */
export interface Wall {
  readonly files: RegExp;
  /** Packages and subpaths; a trailing `*` stands for anything that starts so. */
  readonly packages: readonly string[];
  /** Folders that relative imports may lead to, besides the file's own root. */
  readonly folders: readonly string[];
}

/** The import table of the design, as data. */
export const walls: readonly Wall[] = [
  { files: /^test\//, packages: ['*'], folders: ['contracts/', 'codegen/', 'server/', 'clients/', 'test/', ''] },
  { files: /\.server\.gen\.ts$/, packages: ['@sockeye/server/codegen', '@sockeye/contract/wire'], folders: ['contracts/'] },
  { files: /\.client\.gen\.ts$/, packages: ['@sockeye/client/codegen'], folders: [] },
  { files: /\.react\.gen\.ts$/, packages: ['@sockeye/react/codegen'], folders: [] },
  { files: /\.angular\.gen\.ts$/, packages: ['@sockeye/angular/codegen'], folders: [] },
  { files: /\.(types|validators)\.gen\.ts$/, packages: ['@sockeye/server/codegen', '@sockeye/client/codegen', '@sockeye/contract/wire', '@sockeye/contract/validate'], folders: ['contracts/'] },
  { files: /^contracts\/src\//, packages: ['zod'], folders: ['contracts/src/'] },
  { files: /^contracts\/[a-z-]+\//, packages: ['zod', '@sockeye/contract'], folders: ['contracts/'] },
  { files: /^codegen\/src\//, packages: ['@sockeye/contract', '@sockeye/contract/wire', 'zod', 'esbuild', 'ts-morph', 'chokidar', 'node:*'], folders: ['codegen/src/'] },
  { files: /^server\/src\//, packages: ['@sockeye/contract', '@sockeye/contract/wire', 'zod', 'jose', 'socket.io', 'node:*'], folders: ['server/src/'] },
  { files: /^server\/app\/page\//, packages: ['@sockeye/client'], folders: ['server/app/page/', 'clients/demo/'] },
  { files: /^server\/app\//, packages: ['@sockeye/server', '@sockeye/server/stores/*', '@sockeye/contract', '@sockeye/contract/wire', 'zod', 'jose', 'socket.io', 'express', 'pino', 'prom-client', '@socket.io/admin-ui', 'esbuild', 'node:*'], folders: ['server/app/', 'contracts/'] },
  { files: /^clients\/core\/src\//, packages: ['@sockeye/contract/wire', 'socket.io-client'], folders: ['clients/core/src/'] },
  { files: /^clients\/demo\/vite\.ts$/, packages: ['vite', 'node:*'], folders: [] },
  { files: /^clients\/demo\/line\.ts$/, packages: ['@sockeye/client', 'socket.io-client'], folders: [] },
  { files: /^clients\/demo\//, packages: ['@sockeye/client'], folders: ['clients/demo/'] },
  { files: /^clients\/react\/demo\/vite\.config\.ts$/, packages: ['vite', '@vitejs/plugin-react'], folders: ['clients/demo/'] },
  { files: /^clients\/react\/demo\//, packages: ['@sockeye/client', '@sockeye/react', 'react', 'react-dom/client'], folders: ['clients/react/demo/', 'clients/demo/'] },
  { files: /^clients\/angular\/demo\/vite\.config\.ts$/, packages: ['vite', '@analogjs/vite-plugin-angular', 'node:*'], folders: ['clients/demo/'] },
  { files: /^clients\/angular\/demo\//, packages: ['@sockeye/client', '@sockeye/angular', '@angular/common', '@angular/core', '@angular/platform-browser'], folders: ['clients/angular/demo/', 'clients/demo/'] },
  { files: /^clients\/react\/src\/(testing\/|.*\.test\.tsx$)/, packages: ['@sockeye/client', 'react', 'react-dom/*', '@testing-library/react'], folders: ['clients/react/src/', 'clients/core/src/testing/'] },
  { files: /^clients\/react\/src\//, packages: ['@sockeye/client', '@sockeye/client/codegen', 'react'], folders: ['clients/react/src/'] },
  { files: /^clients\/angular\/src\/(testing\/|.*\.(test|suite)\.ts$)/, packages: ['@sockeye/client', '@angular/*', 'rxjs', 'zone.js'], folders: ['clients/angular/src/', 'clients/core/src/testing/'] },
  { files: /^clients\/angular\/src\//, packages: ['@sockeye/client', '@sockeye/client/codegen', '@angular/*', 'rxjs'], folders: ['clients/angular/src/'] },
]; // prettier-ignore

/** Databases, each reachable from its own adapter file only. */
const adapters: readonly (readonly [pkg: string, file: RegExp])[] = [
  ['lmdb', /\/stores\/lmdb[a-z-]*\.ts$/],
  ['mongoose', /\/stores\/mongo[a-z-]*\.ts$/],
  ['ioredis', /\/stores\/redis[a-z-]*\.ts$/],
  ['@socket.io/redis-adapter', /\/stores\/redis[a-z-]*\.ts$/],
];

const forTests = ['vitest', 'fast-check', 'zod', 'zod/*', 'socket.io', 'socket.io-client', 'jose', 'node:*'];

/** One import that breaks the table, as a sentence. */
export interface Breach {
  readonly file: string;
  readonly imports: string;
  readonly why: string;
}

/** Every TypeScript source below `root`, as paths with forward slashes. */
export function sourcesBelow(root: string, folders: readonly string[]): readonly string[] {
  const skipped = /(^|\/)(node_modules|dist|\.cache|bad-sample|must-fail)(\/|$)/;
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.posix.join(folder, file.split(path.sep).join('/')),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && !skipped.test(file))
    .sort();
}

/** Holds every import of `files` against the table. */
export function breaches(root: string, files: readonly string[]): readonly Breach[] {
  return files.flatMap((file) =>
    importsOf(path.join(root, file)).flatMap((imports) => {
      const why = judge(file, imports);
      return why ? [{ file, imports, why }] : [];
    }),
  );
}

/** Import specifiers of a file: static, dynamic, re-exports and type-only ones alike. */
export function importsOf(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? node.arguments[0] : undefined;
}

function judge(file: string, specifier: string): string | undefined {
  const wall = walls.find((row) => row.files.test(file));
  if (!wall) return 'No row of the table speaks of this file.';
  if (specifier.startsWith('.')) return judgeRelative(file, specifier, wall);
  const adapter = adapters.find(([pkg]) => specifier === pkg || specifier.startsWith(`${pkg}/`));
  if (adapter && !file.startsWith('test/'))
    return adapter[1].test(file) ? undefined : `Only ${String(adapter[1])} may import ${adapter[0]}.`;
  const allowed = /\.(test|suite|fixture)\.tsx?$/.test(file)
    ? [...wall.packages, ...forTests]
    : wall.packages;
  return allowed.some((name) => covers(name, specifier))
    ? undefined
    : `It may import ${wall.packages.join(', ')}.`;
}

function judgeRelative(file: string, specifier: string, wall: Wall): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (target.startsWith('test/') && !file.startsWith('test/')) return 'Nothing imports from test/.';
  const own = path.posix.dirname(file);
  const inside = [own + '/', ...wall.folders].some((folder) => target.startsWith(folder));
  return inside ? undefined : `It may reach into ${wall.folders.join(', ') || 'its own folder'} only.`;
}

function covers(name: string, specifier: string): boolean {
  return name.endsWith('*') ? specifier.startsWith(name.slice(0, -1)) : specifier === name;
}
