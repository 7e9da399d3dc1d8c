import type { ContractTable } from '@sockeye/contract/wire';
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';
import type { ClientOptions } from './options.ts';

/** What a client needs of Socket.IO's `Socket`. */
export interface SocketLike {
  /** Called on every connect; what it is answered travels in the handshake. */
  auth: SocketAuth | object;
  /** False once the server has refused the handshake. */
  readonly active: boolean;
  /** What Socket.IO would send by itself on the next connect; kept empty. */
  sendBuffer: unknown[];
  readonly connect: () => unknown;
  readonly disconnect: () => unknown;
  readonly emit: (event: string, ...args: unknown[]) => unknown;
  /** The same socket, with the next `emit` sent only if it can be sent at once. */
  readonly volatile: { readonly emit: (event: string, ...args: unknown[]) => unknown };
  /** Called with `connect`, `connect_error` and `disconnect`. */
  on(event: string, listener: (argument: never) => void): unknown;
  /** Called with every event of the server's, its arguments and, last, its acknowledgement function. */
  readonly onAny: (listener: (event: string, ...args: unknown[]) => void) => unknown;
  /** Without arguments: removes every listener. */
  readonly off?: () => unknown;
  readonly offAny?: () => unknown;
}

/** The part of Socket.IO's `Socket` that its types hide: the engine closes itself when it is asked too late. */
export interface SocketEngine {
  readonly io?: { readonly engine?: { readonly _hasPingExpired?: () => boolean } };
}

/** Gives the handshake's data to `answer`. */
export type SocketAuth = (answer: (data: object) => void) => void;

/** What a client tells Socket.IO when it makes its socket. */
export type SocketSettings = Partial<Omit<ManagerOptions & SocketOptions, 'auth'>> & {
  readonly auth: SocketAuth;
};

/** Makes a socket that does not connect by itself; `url` ends in the namespace. Socket.IO's own looks at no `table`. */
export type SocketFactory = (url: string, settings: SocketSettings, table: ContractTable) => SocketLike;

/** Makes the socket of a contract's namespace. */
export function createSocket(options: ClientOptions, table: ContractTable, auth: SocketAuth): SocketLike {
  const { namespace } = table.contract;
  const socket =
    (options.manager?.socket(namespace, { auth }) as SocketLike | undefined) ??
    (options.io ?? io)(
      (options.url ?? '').replace(/\/+$/, '') + namespace,
      {
        transports: ['websocket'],
        ...options.socket,
        auth,
        autoConnect: false,
        forceNew: true,
        reconnection: false,
      },
      table,
    );
  // A manager hands out the same socket again, with the settings of the first time.
  socket.auth = auth;
  return socket;
}
