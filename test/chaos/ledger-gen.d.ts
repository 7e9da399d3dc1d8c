/** What `ledger.ts` generates before a node is bundled, as much as a node uses of it. */
declare module '#ledger.server.gen' {
  // An ambient module cannot have a relative import declaration.
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  export const createLedgerServer: import('./ledger.ts').LedgerModule['createLedgerServer'];
}

/** The same, as much as a crowd uses of it. */
declare module '#ledger.client.gen' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  export const createLedgerClient: import('./ledger.ts').Ledger['createClient'];
}
