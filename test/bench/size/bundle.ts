import { build, type Plugin } from 'esbuild';
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
  /** Modules that are left out, as the end of what imports say. */
  readonly without?: readonly string[];
}

/** What is loaded in any case, and is not Sockeye's. */
const peers = ['socket.io-client', 'react', 'react-dom', 'react/*', '@angular/*', 'rxjs', 'rxjs/*'];

/** Bundles a module as an application's build does: minified, tree-shaken, for browsers of 2022. */
export async function bundle(source: string, { without = [] }: BundleOptions = {}): Promise<Bundle> {
  const leftOut: Plugin = {
    name: 'left-out',
    setup: ({ onResolve }) => {
      onResolve({ filter: /./ }, ({ path: wanted }) =>
        without.some((end) => wanted.endsWith(end)) ? { path: wanted, external: true } : undefined,
      );
    },
  };
  const result = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['@sockeye/source'],
    external: peers,
    plugins: [leftOut],
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const { contents } = result.outputFiles[0]!;
  const [output] = Object.values(result.metafile.outputs);
  const modules = Object.entries(output!.inputs)
    .map(([module, { bytesInOutput }]) => [module, bytesInOutput] as const)
    .filter(([module, bytes]) => bytes > 0 && module !== '<stdin>')
    .sort(([, a], [, b]) => b - a);
  return { raw: contents.length, gzip: gzipSync(contents, { level: 9 }).length, modules };
}

/** Modules of Zod, of Node or of a server that a browser would load. */
export function strangers({ modules }: Bundle): readonly string[] {
  return modules
    .map(([module]) => module)
    .filter((module) => /(^|\/)node_modules\/|^(server|codegen)\/src\//.test(module));
}
