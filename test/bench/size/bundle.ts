import { build, type BuildOptions, type BuildResult, type Plugin } from 'esbuild';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const root = path.resolve(import.meta.dirname, '../../..');

/** What a browser would load of something that Sockeye offers. */
export interface Bundle {
  /** Minified, in bytes. */
  readonly raw: number;
  /** Minified and compressed at level 9, in bytes. */
  readonly gzip: number;
  /** Bytes of each module that is in it, by path from the repository, the largest first. */
  readonly modules: readonly (readonly [module: string, bytes: number])[];
}

/** How to bundle. */
export interface BundleOptions {
  /** Modules that are left out, as the end of what imports say; what others call them by stays. */
  readonly without?: readonly string[];
}

/** What is loaded in any case, and is not Sockeye's. */
const peers = ['socket.io-client', 'react', 'react-dom', 'react/*', '@angular/*', 'rxjs', 'rxjs/*'];

const settings = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  conditions: ['@sockeye/source'],
  external: peers,
  write: false,
  metafile: true,
  logLevel: 'error',
} as const satisfies BuildOptions;

/**
 * Bundles what a module exports as the build of an application does that uses all of it: minified, tree-shaken, for
 * browsers of 2022. Nothing keeps its name for others to import.
 */
export async function bundle(source: string, { without = [] }: BundleOptions = {}): Promise<Bundle> {
  const given = { contents: source, resolveDir: root, loader: 'ts' } as const;
  const names = exportsOf(await build({ ...settings, stdin: given })).join(', ');
  const used: Plugin = {
    name: 'used',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^used$/ }, () => ({ path: 'used', namespace: 'used' }));
      onLoad({ filter: /./, namespace: 'used' }, () => given);
    },
  };
  const leftOut: Plugin = {
    name: 'left-out',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        if (!without.some((end) => file.endsWith(end))) return undefined;
        const exported = exportsOf(await build({ ...settings, entryPoints: [file] }));
        return { contents: `export let ${exported.join(', ')}` };
      });
    },
  };
  const result = await build({
    ...settings,
    stdin: { contents: `import { ${names} } from 'used'; globalThis.used = [${names}]`, resolveDir: root },
    plugins: [used, leftOut],
  });
  const { contents } = result.outputFiles[0]!;
  const [output] = Object.values(result.metafile.outputs);
  const modules = Object.entries(output!.inputs)
    .map(([module, { bytesInOutput }]) => [module, bytesInOutput] as const)
    .filter(([module, bytes]) => bytes > 0 && !/^(<stdin>|used:)/.test(module))
    .sort(([, a], [, b]) => b - a);
  return { raw: contents.length, gzip: gzipSync(contents, { level: 9 }).length, modules };
}

function exportsOf({ metafile }: BuildResult<{ metafile: true }>): readonly string[] {
  return Object.values(metafile.outputs)[0]!.exports;
}

/** Modules of Zod, of Node or of a server that a browser would load. */
export function strangers({ modules }: Bundle): readonly string[] {
  return modules
    .map(([module]) => module)
    .filter((module) => /(^|\/)node_modules\/|^(server|codegen)\/src\//.test(module));
}
