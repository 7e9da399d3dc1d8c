import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type * as esbuild from 'esbuild';

/** A module bundled with everything that it imports from the project, as the body of a CommonJS function. */
export interface Bundle {
  /** Absolute path of the entry module. */
  readonly entry: string;
  readonly code: string;
  /** Source map as JSON, if requested. Its sources are relative to `root`. */
  readonly map: string | undefined;
  readonly root: string;
}

/** A place where a build failed. Lines and columns count from 1. */
export interface BundleError {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Absolute paths at which a missing module was searched. */
  readonly missing?: string;
}

/** What a bundle imports from Zod and `@sockeye/contract`: calling it only creates schemas and definitions. */
export interface Trusted {
  /** By URL, as in {@link BundleResult}. */
  readonly isPackage: (url: string) => boolean;
  /** Modules that are bundled, by the path that the bundle has in a comment. */
  readonly isModule: (path: string) => boolean;
}

export type BundleResult =
  | {
      readonly ok: true;
      /** In the order of the entries. */
      readonly bundles: readonly Bundle[];
      /** Absolute paths of every file that was read, packages aside. */
      readonly inputs: readonly string[];
      /** Modules of packages that the bundled code imports through {@link packageGlobal}, by URL. */
      readonly packages: ReadonlyMap<string, object>;
      readonly trusted: Trusted;
    }
  | { readonly ok: false; readonly errors: readonly BundleError[] };

/** Bundles repeatedly; unchanged files are not parsed again. */
export interface Bundler {
  /**
   * Bundles each entry on its own, so that one that throws does not affect the others.
   *
   * @param options.maps Whether to create source maps, which doubles the time. Default: false.
   */
  bundle(entries: readonly string[], options?: { readonly maps?: boolean }): Promise<BundleResult>;
  dispose(): Promise<void>;
}

/** The function through which bundled code imports packages; the runner passes it in. */
export const packageGlobal = '__sockeyePackage';

/** Starts esbuild's process ahead of the first bundle. Errors surface then, not here. */
export async function startEsbuild(): Promise<void> {
  try {
    const { initialize } = await import('esbuild');
    const before = process.env['GOGC'];
    // Its process collects garbage less often: a fifth less CPU time, some tens of MB more.
    process.env['GOGC'] ??= '300';
    const started = initialize({});
    if (before === undefined) delete process.env['GOGC'];
    await started;
  } catch {
    // It is already running, or cannot start.
  }
}

/**
 * Creates a bundler for the project at `root`.
 *
 * Packages are not bundled but imported from where Node would find them, so that there is one copy of Zod. Packages
 * that are TypeScript (a workspace that is not built) or that lie outside `node_modules` (a linked workspace) count
 * as part of the project, so that a watcher sees them change.
 */
export function createBundler(root: string): Bundler {
  const packages = new Map<string, object>();
  const trusted = new Set<string>();
  let current: { readonly key: string; readonly context: esbuild.BuildContext<BuildOptions> } | undefined;

  const dispose = async (): Promise<void> => {
    const last = current;
    current = undefined;
    await last?.context.dispose();
  };

  return {
    async bundle(entries, { maps = false } = {}) {
      const key = [maps ? 'maps' : '', ...entries].join('\n');
      try {
        if (current?.key !== key) {
          await dispose();
          await startEsbuild();
          const { context } = await import('esbuild');
          current = { key, context: await context(buildOptions({ root, entries, maps, packages, trusted })) };
        }
        const built = await current.context.rebuild();
        const wrong = built.warnings.filter(({ id }) => mistakes.includes(id));
        if (wrong.length > 0) return { ok: false, errors: wrong.map((each) => located(each, root)) };
        return succeeded(built, { root, entries, maps, packages, trusted });
      } catch (error) {
        return { ok: false, errors: buildErrors(error, root) };
      }
    },
    dispose,
  };
}

interface Build {
  readonly root: string;
  readonly entries: readonly string[];
  readonly maps: boolean;
  readonly packages: Map<string, object>;
  /** URLs of modules, and paths of folders that end in a separator. */
  readonly trusted: Set<string>;
}

type BuildOptions = esbuild.BuildOptions & { readonly metafile: true; readonly write: false };

/** Sources of this repository resolve each other by a private condition, which a published copy must not use. */
const runsFromSource = import.meta.url.endsWith('.ts');

function buildOptions({ root, entries, maps, packages, trusted }: Build): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: entries.map((entry, index) => ({ in: entry, out: String(index) })),
    outdir: root,
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    conditions: runsFromSource ? ['@sockeye/source'] : [],
    sourcemap: maps ? 'external' : false,
    sourcesContent: false,
    define: {
      'import.meta.url': '__url',
      'import.meta.filename': '__filename',
      'import.meta.dirname': '__dirname',
    },
    plugins: [importPackages({ packages, trusted })],
  };
}

/** Otherwise a duplicate event would be dropped silently, and a missing export would be called as `undefined`. */
const mistakes: readonly string[] = ['duplicate-object-key', 'import-is-undefined'];

function succeeded(result: esbuild.BuildResult<BuildOptions>, build: Build): BundleResult {
  const text = new Map(result.outputFiles.map((file) => [path.basename(file.path), file.text]));
  return {
    ok: true,
    bundles: build.entries.map((entry, index) => ({
      entry,
      code: text.get(`${index}.js`) ?? '',
      map: text.get(`${index}.js.map`),
      root: build.root,
    })),
    inputs: Object.keys(result.metafile.inputs)
      .filter((input) => !input.startsWith(`${namespace}:`))
      .map((input) => path.resolve(build.root, input)),
    packages: build.packages,
    trusted: {
      isPackage: (url) => build.trusted.has(url),
      isModule: (file) => {
        const folder = path.join(path.dirname(path.resolve(build.root, file)), path.sep);
        return [...build.trusted].some((each) => each.endsWith(path.sep) && folder.startsWith(each));
      },
    },
  };
}

function buildErrors(error: unknown, root: string): readonly BundleError[] {
  const { errors } = error as Partial<esbuild.BuildFailure>;
  if (!Array.isArray(errors)) return [{ message: error instanceof Error ? error.message : String(error) }];
  return errors.map((each) => located(each, root));
}

function located({ text, location, detail }: esbuild.Message, root: string): BundleError {
  return {
    message: detail instanceof Error ? `${text}: ${detail.message}` : text,
    ...(location && {
      file: path.resolve(root, location.file),
      line: location.line,
      column: location.column + 1,
    }),
    ...missingModule(text, location && path.resolve(root, location.file)),
  };
}

function missingModule(text: string, importer: string | null): Pick<BundleError, 'missing'> {
  const specifier = /^Could not resolve "(\.[^"]*)"/.exec(text)?.[1];
  return specifier === undefined || !importer
    ? {}
    : { missing: path.resolve(path.dirname(importer), specifier) };
}

const namespace = 'sockeye-package';

/** Imports packages while the bundle is made, so that a missing package or export is an error with a position. */
function importPackages({ packages, trusted }: Pick<Build, 'packages' | 'trusted'>): esbuild.Plugin {
  return {
    name: namespace,
    setup(build) {
      const resolving = {};
      /** Answers of this build: modules of one folder import the same packages. */
      const answers = new Map<string, Promise<esbuild.OnResolveResult>>();
      build.onStart(() => answers.clear());
      build.onResolve({ filter: /^[^./]/ }, async (args) => {
        if (args.pluginData === resolving || args.kind === 'entry-point' || path.isAbsolute(args.path))
          return undefined;
        const key = JSON.stringify([args.path, args.kind, args.resolveDir]);
        const known = answers.get(key);
        if (known !== undefined) {
          const answer = await known;
          // Report the problems of every module.
          return (answer.errors ?? []).length === 0 ? answer : answerTo(args);
        }
        const answering = answerTo(args);
        answers.set(key, answering);
        return answering;
      });
      const answerTo = async ({
        path: specifier,
        importer,
        kind,
        resolveDir,
      }: esbuild.OnResolveArgs): Promise<esbuild.OnResolveResult> => {
        if (isBuiltin(specifier)) return inProcess(packages, { path: specifier, kind });
        const found = await build.resolve(specifier, { importer, kind, resolveDir, pluginData: resolving });
        if (found.errors.length > 0 || found.external) return found;
        const isOurs = belongsToProject(specifier, found.path);
        if (/^(?:zod|@sockeye\/contract)(?:\/|$)/.test(specifier))
          trusted.add(
            isOurs ? path.join(path.dirname(found.path), path.sep) : pathToFileURL(found.path).href,
          );
        return isOurs ? found : inProcess(packages, { path: found.path, kind });
      };
      build.onLoad({ filter: /.*/, namespace }, ({ path: url }) => ({
        contents: reexport(url, packages.get(url) ?? {}),
        loader: 'js',
      }));
    },
  };
}

function belongsToProject(specifier: string, file: string): boolean {
  if (/\.[mc]?tsx?$/.test(file) || file.endsWith('.json')) return true;
  if (/^(?:zod|@sockeye\/[a-z-]+)(?:\/|$)/.test(specifier)) return false;
  return !file.includes(`${path.sep}node_modules${path.sep}`);
}

async function inProcess(
  packages: Map<string, object>,
  { path: found, kind }: { readonly path: string; readonly kind: esbuild.ImportKind },
): Promise<esbuild.OnResolveResult> {
  if (kind === 'require-call' || kind === 'require-resolve') return { path: found, external: true };
  const url = isBuiltin(found) ? found : pathToFileURL(found).href;
  if (kind === 'dynamic-import') return { path: url, external: true };
  try {
    if (!packages.has(url)) packages.set(url, (await import(/* @vite-ignore */ url)) as object);
    return { path: url, namespace };
  } catch (error) {
    const where = isBuiltin(found) ? found : fileURLToPath(url);
    return { errors: [{ text: `Could not import ${where}`, detail: error }] };
  }
}

/** A module that re-exports a package. `export { _1 as enum }` is fine, `export const enum` is not. */
function reexport(url: string, exports: object): string {
  const names = Object.keys(exports);
  const head = `const m = ${packageGlobal}(${JSON.stringify(url)});\n`;
  if (names.length === 0) return `${head}export {};\n`;
  const values = names.map((name, index) => `_${index} = m[${JSON.stringify(name)}]`);
  const aliases = names.map((name, index) => `_${index} as ${JSON.stringify(name)}`);
  return `${head}const ${values.join(', ')};\nexport { ${aliases.join(', ')} };\n`;
}
