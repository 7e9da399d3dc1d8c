import type { ContractTable } from '@sockeye/contract/wire';
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';
import type { ClientOptions } from './options.ts';

/** The part of Socket.IO's `Socket` that a client uses. */
export interface SocketLike {
  /** Called on every connect; the data passed to its callback is sent in the handshake. */
  auth: SocketAuth | object;
  /** False once the server has refused the handshake. */
  readonly active: boolean;
  /** Packets that Socket.IO would send on the next connect; kept empty. */
  sendBuffer: unknown[];
  readonly connect: () => unknown;
  readonly disconnect: () => unknown;
  readonly emit: (event: string, ...args: unknown[]) => unknown;
  /** The same socket; its `emit` drops the event if it cannot be sent at once. */
  readonly volatile: { readonly emit: (event: string, ...args: unknown[]) => unknown };
  /** Used for `connect`, `connect_error` and `disconnect`. */
  on(event: string, listener: (argument: never) => void): unknown;
  /** Adds a listener for every server event: its name, its arguments and, last, its ack function. */
  readonly onAny: (listener: (event: string, ...args: unknown[]) => void) => unknown;
  /** Without arguments: removes every listener. */
  readonly off?: () => unknown;
  readonly offAny?: () => unknown;
}

/** A part of Socket.IO's `Socket` that its types hide: the engine closes itself if the heartbeat is overdue. */
export interface SocketEngine {
  readonly io?: { readonly engine?: { readonly _hasPingExpired?: () => boolean } };
}

/** Passes the handshake's data to `answer`. */
export type SocketAuth = (answer: (data: object) => void) => void;

/** Socket.IO's options for the socket of a client. */
export type SocketSettings = Partial<Omit<ManagerOptions & SocketOptions, 'auth'>> & {
  readonly auth: SocketAuth;
};

/** Creates a socket that does not connect by itself. `url` ends in the namespace. Socket.IO's own ignores `table`. */
export type SocketFactory = (url: string, settings: SocketSettings, table: ContractTable) => SocketLike;

/** Creates the socket of a contract's namespace. */
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
  // A manager returns an existing socket again, with its first settings.
  socket.auth = auth;
  return socket;
}
