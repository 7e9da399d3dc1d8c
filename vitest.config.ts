import angular from '@analogjs/vite-plugin-angular';
import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const conditions = ['@sockeye/source', 'module', 'node', 'development|production'];

/** React and its renderer as they are installed for a package. */
function reactOf(from: string, renderer: string): Record<string, string> {
  const dom = createRequire(from).resolve(`${renderer}/package.json`);
  const react = createRequire(dom).resolve('react/package.json');
  return { 'react-dom': path.dirname(dom), react: path.dirname(react) };
}
const react19 = reactOf(import.meta.filename, 'react-dom');
const react18 = {
  ...reactOf(path.join(import.meta.dirname, 'test/package.json'), 'react-dom-18'),
  // The one of its two forms that is resolved as our own modules are.
  '@testing-library/react': path.join(
    path.dirname(createRequire(import.meta.url).resolve('@testing-library/react/package.json')),
    'dist/@testing-library/react.esm.js',
  ),
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{contracts,codegen,server,clients,test}/**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            '**/dist/**',
            '**/.cache/**',
            'clients/angular/src/**',
            'test/angular/**',
          ],
        },
        // The test workspace holds React 18 too, which its own files would find first.
        resolve: { conditions, alias: react19 },
      },
      {
        extends: true,
        test: {
          name: 'react',
          environment: 'jsdom',
          include: ['clients/react/**/*.test.tsx', 'test/{conformance,react}/*.test.tsx'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
        resolve: { conditions, alias: react19 },
      },
      {
        extends: true,
        test: {
          name: 'react-18',
          environment: 'jsdom',
          include: ['clients/react/src/*.test.tsx', 'test/conformance/*.test.tsx'],
          // Those two try what React 18 does not have, `Activity`.
          exclude: ['**/node_modules/**', '**/dist/**', '**/use-{seat,listener}.test.tsx'],
          server: { deps: { inline: [/@testing-library/] } },
        },
        resolve: { conditions, alias: react18 },
      },
      {
        extends: true,
        // Compiles components ahead of time, as applications do: `input()` works in no other way.
        plugins: [angular({ tsconfig: 'test/angular/tsconfig.json', jit: false, disableTypeChecking: true })],
        test: {
          name: 'angular',
          pool: 'forks',
          execArgv: ['--expose-gc'],
          environment: 'jsdom',
          include: ['clients/angular/src/**/*.test.ts', 'test/angular/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/.cache/**'],
        },
      },
    ],
  },
});
