import { createRequire, SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { packageGlobal, type Bundle } from './bundle.ts';

/** The result of running a module. */
export type RunResult =
  | { readonly ok: true; readonly exports: Readonly<Record<string, unknown>> }
  /** `place`: `undefined` if the bundle has no source map, or if the error is not from the user's code. */
  | { readonly ok: false; readonly error: unknown; readonly place: SourcePlace | undefined };

/** A source position. Line and column count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Runs a bundled module and returns its exports, or the error that it threw and its position.
 *
 * It compiles and calls a function and registers no module: once the exports are released, nothing is left, so a
 * watcher can do this for days.
 *
 * @param given Additional variables of the code, by name. Default: none.
 */
export function runBundle(
  bundle: Bundle,
  packages: ReadonlyMap<string, object>,
  given: Readonly<Record<string, unknown>> = {},
): RunResult {
  const filename = `${bundle.entry}.bundle.cjs`;
  const module = { exports: {} };
  const scope = {
    module,
    exports: module.exports,
    require: createRequire(bundle.entry),
    __filename: bundle.entry,
    __dirname: path.dirname(bundle.entry),
    __url: pathToFileURL(bundle.entry).href,
    [packageGlobal]: (url: string) => packages.get(url),
    ...given,
  };
  const limit = Error.stackTraceLimit;
  try {
    const body = vm.compileFunction(bundle.code, Object.keys(scope), {
      filename,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as (...values: readonly unknown[]) => void;
    // The first frame of the user's own code may lie below many of Zod's.
    Error.stackTraceLimit = 50;
    body(...Object.values(scope));
    return { ok: true, exports: module.exports };
  } catch (error) {
    return { ok: false, error, place: place(error, { bundle, filename }) };
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The source position of the innermost frame of an error within the bundle. */
function place(
  error: unknown,
  run: { readonly bundle: Bundle; readonly filename: string },
): SourcePlace | undefined {
  if (run.bundle.map === undefined) return undefined;
  const stack = error instanceof Error ? String(error.stack) : '';
  const map = new SourceMap(JSON.parse(run.bundle.map) as SourceMapPayload);
  for (const frame of stack.split('\n')) {
    const start = frame.indexOf(`${run.filename}:`);
    if (start === -1) continue;
    const [line = '', column = '1'] = frame.slice(start + run.filename.length + 1).split(':');
    const entry = map.findEntry(Number.parseInt(line, 10) - 1, Number.parseInt(column, 10) - 1);
    if (!('originalSource' in entry) || isPackage(entry.originalSource)) continue;
    return {
      file: path.resolve(run.bundle.root, entry.originalSource),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    };
  }
  return undefined;
}

/** A re-export that `bundle.ts` generates, which has no source. */
function isPackage(source: string): boolean {
  return source.includes('sockeye-package:');
}
