import path from 'node:path';
import type { UserConfig } from 'vite';

/** URL of the server; `SERVER` overrides it. */
const server = process.env['SERVER'] ?? 'http://127.0.0.1:3000';

/** Paths of the reference server. */
const served = ['/auth', '/me', '/workspaces', '/announcements', '/ops', '/socket.io'];

/**
 * How a demo application is built and, by `vite`, developed against a running reference server.
 *
 * @param name Its path: `react` for `/react/`.
 * @param root Folder of the application, an absolute path.
 */
export function demoConfig(name: string, root: string): UserConfig {
  const proxied = { target: server, changeOrigin: true, ws: true, headers: { origin: server } };
  return {
    root,
    base: `/${name}/`,
    publicDir: path.join(import.meta.dirname, 'public'),
    cacheDir: path.join(root, '.cache/vite'),
    clearScreen: false,
    resolve: { conditions: ['@sockeye/source', 'module', 'browser', 'development|production'] },
    build: {
      outDir: path.join(root, '.cache/dist'),
      emptyOutDir: true,
      target: 'es2022',
      // The page's policy allows neither data URLs nor inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    server: {
      proxy: Object.fromEntries(served.map((route) => [route, proxied])),
      // The sources of the packages are beside the application.
      fs: { allow: [path.resolve(import.meta.dirname, '../..')] },
    },
  };
}
