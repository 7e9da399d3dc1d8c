import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRequire } from 'node:module';
import { unpack } from './packed.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Versions of Angular beside the one that everything else here is built with: workspaces that bring them. */
export const angularVersions = ['20', '22'] as const;

/** What `ng new` sets, and every further flag by which TypeScript is stricter. */
export const strictOptions = {
  target: 'es2022', module: 'preserve', moduleResolution: 'bundler', strict: true, skipLibCheck: false, types: [],
  experimentalDecorators: true, isolatedModules: true, noImplicitOverride: true, noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true, noFallthroughCasesInSwitch: true, verbatimModuleSyntax: true,
  exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true,
}; // prettier-ignore

/** Every check of templates, each as an error. */
export const strictTemplates = {
  strictTemplates: true, strictInjectionParameters: true, strictInputAccessModifiers: true,
  extendedDiagnostics: { defaultCategory: 'error' },
}; // prettier-ignore

/** An application below the workspace of a version, so that all it imports of Angular is of that version. */
export interface AngularApp extends AsyncDisposable {
  readonly folder: string;
  /** The exact version that is found from there. */
  readonly version: string;
}

/**
 * Makes a folder with the packed packages installed, and in it: `types/`, components that use generated files, right and
 * wrong ones; `run/`, the sources and suites of the package itself, to be compiled into `out/` and run there.
 */
export async function angularApp(
  version: (typeof angularVersions)[number],
  tarballs: readonly string[],
): Promise<AngularApp> {
  const cache = path.join(root, 'clients/compat', `angular-${version}`, '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'app-'));
  for (const name of ['contract', 'client', 'angular']) {
    const tarball = tarballs.find((file) => path.basename(file).startsWith(`sockeye-${name}-`)) ?? '';
    await unpack(tarball);
    await cp(`${tarball}.unpacked/package`, path.join(folder, 'node_modules/@sockeye', name), { recursive: true });
  } // prettier-ignore
  const copied = ['angular/strict', 'angular/must-fail', 'angular/readme.ts', 'golden/board/out', 'golden/projections/out']; // prettier-ignore
  for (const file of copied) {
    await cp(path.join(root, 'test', file), path.join(folder, 'types/test', file), {
      recursive: true,
      filter: (source) => !/\.(react|server)\.gen\.ts$|tsconfig\.json$/.test(source),
    });
  }
  for (const sources of ['clients/angular/src', 'clients/core/src']) {
    await cp(path.join(root, sources), path.join(folder, 'run', sources), { recursive: true });
  }
  const lib = ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'];
  const projects = {
    'types/tsconfig.json': {
      compilerOptions: { ...strictOptions, lib, allowImportingTsExtensions: true, noEmit: true },
      angularCompilerOptions: strictTemplates,
      include: ['test'],
    },
    'run/tsconfig.json': {
      compilerOptions: {
        ...strictOptions,
        ...{ lib, skipLibCheck: true, types: ['node'], noPropertyAccessFromIndexSignature: false },
        ...{ rewriteRelativeImportExtensions: true, rootDir: '.', outDir: '../out' },
      },
      include: ['clients/angular/src/*.test.ts'],
    },
    'out/vitest.config.js': {
      test: { environment: 'jsdom', pool: 'forks', execArgv: ['--expose-gc'], testTimeout: 60_000 },
    },
  };
  await mkdir(path.join(folder, 'out'));
  for (const [file, content] of Object.entries(projects)) {
    const exported = file.endsWith('.js') ? 'export default ' : '';
    await writeFile(path.join(folder, file), exported + JSON.stringify(content));
  }
  const found = createRequire(path.join(folder, 'package.json')).resolve('@angular/core/package.json');
  const manifest = createRequire(import.meta.url)(found) as { version: string };
  return {
    folder,
    version: manifest.version,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
