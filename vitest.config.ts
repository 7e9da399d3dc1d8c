import angular from '@analogjs/vite-plugin-angular';
import { defineConfig } from 'vitest/config';

const conditions = ['@sockeye/source', 'module', 'node', 'development|production'];

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
      },
      {
        extends: true,
        test: {
          name: 'react',
          environment: 'jsdom',
          include: ['clients/react/**/*.test.tsx'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
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
