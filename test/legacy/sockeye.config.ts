import { defineConfig } from '@sockeye/codegen';

export default defineConfig({
  contracts: ['talk.contract.ts'],
  outputs: [{ dir: 'generated', targets: ['server', 'client'] }],
  lock: 'generated',
  importExtension: '.ts',
});
