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
          exclude: ['**/node_modules/**', '**/dist/**', '**/.cache/**'],
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
    ],
  },
});
