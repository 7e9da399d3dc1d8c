/** What `ledger.ts` generates before a node is bundled, as much as a node uses of it. */
declare module '#ledger.server.gen' {
  import type { LedgerModule } from './ledger.ts';

  export const createLedgerServer: LedgerModule['createLedgerServer'];
}
