import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** One file of the page. */
export interface PageFile {
  /** Content type. */
  readonly type: string;
  readonly body: string;
}

/** The page's files by path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const folder = new URL('./page/', import.meta.url);

/** What this page and the demo applications share: how they look. */
const design = new URL('../../clients/demo/', import.meta.url);

/**
 * Bundles the page, in memory.
 *
 * @throws BuildFailure of esbuild, with file and line, when the page does not build.
 */
export async function bundlePage(): Promise<PageFiles> {
  const [html, css, icon, script] = await Promise.all([
    readFile(new URL('index.html', folder), 'utf8'),
    readFile(new URL('style.css', design), 'utf8'),
    readFile(new URL('public/icon.svg', design), 'utf8'),
    bundleScript(),
  ]);
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: html }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: css }],
    ['/icon.svg', { type: 'image/svg+xml', body: icon }],
    ['/main.js', { type: 'text/javascript; charset=utf-8', body: script }],
  ]);
}

async function bundleScript(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', folder))],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@sockeye/source'],
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}
