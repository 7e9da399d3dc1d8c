import { defineConfig } from '@sockeye/codegen';

export default defineConfig({
  contracts: ['contracts/collab/collab.contract.ts'],
  outputs: [
    { dir: 'server/app/generated', targets: ['server'] },
    { dir: 'server/app/page/generated', targets: ['client'] },
  ],
  importExtension: '.ts',
  command: 'npm run gen',
});
