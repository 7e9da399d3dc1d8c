import { defineConfig } from '@sockeye/codegen';

export default defineConfig({
  contracts: [
    'contracts/chat/chat.contract.ts',
    'contracts/collab/collab.contract.ts',
    'contracts/notifications/notifications.contract.ts',
  ],
  outputs: [
    { dir: 'server/app/generated', targets: ['server'] },
    { dir: 'server/app/page/generated', targets: ['client'] },
    { dir: 'clients/demo/generated', targets: ['types'] },
    { dir: 'clients/react/demo/src/generated', targets: ['react'] },
    { dir: 'clients/angular/demo/src/generated', targets: ['angular'] },
  ],
  importExtension: '.ts',
  command: 'npm run gen',
});
