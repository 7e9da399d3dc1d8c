import type { ManagerOptions, SocketOptions } from 'socket.io-client';

/** What a client needs of Socket.IO's `Socket`. */
export interface SocketLike {
  readonly connected: boolean;
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
  readonly on: (event: string, listener: (argument: never) => void) => unknown;
  /** Called with every event of the server's, its arguments and, last, its acknowledgement function. */
  readonly onAny: (listener: (event: string, ...args: unknown[]) => void) => unknown;
}

/** What a client gives to Socket.IO when it makes its socket; `auth` answers once per connect. */
export type SocketSettings = Partial<Omit<ManagerOptions & SocketOptions, 'auth'>> & {
  readonly auth: (answer: (data: object) => void) => void;
};

/** Makes a socket that does not connect by itself; `url` ends in the namespace. */
export type SocketFactory = (url: string, settings: SocketSettings) => SocketLike;
