import type { ContractTable } from '@sockeye/contract/wire';

/** As much of a Socket.IO server as is needed, whatever event types it was given. */
export interface SocketServer {
  of(namespace: string): unknown;
}

/** Makes the function that serves a contract. */
export function defineServer<Options, Server>(
  table: ContractTable,
): (io: SocketServer, options: Options) => Server {
  return () => {
    throw new Error(`not built yet: ${table.contract.contract}`);
  };
}
