import { createListeners } from '../fake-listeners.ts';
import type { SocketAuth, SocketEngine, SocketFactory, SocketLike } from '../socket.ts';

/** An event that a client has sent. */
export interface Sent {
  readonly event: string;
  readonly args: readonly unknown[];
  readonly volatile: boolean;
  /** Acknowledges it. */
  readonly ack: (...answer: unknown[]) => void;
}

/** A server of one connection, in the place of Socket.IO's client. */
export interface ScriptedServer {
  readonly io: SocketFactory;
  /** What was sent and is not taken yet. */
  readonly sent: Sent[];
  /** Takes the first event that was sent. */
  readonly take: (event?: string) => Sent;
  /** Handshakes, answered or not. */
  readonly handshakes: Record<string, unknown>[];
  readonly sockets: number;
  readonly urls: readonly string[];
  /** Accepts the handshake that waits. */
  readonly accept: () => void;
  /** Refuses the handshake that waits, as a middleware does. */
  readonly deny: (message: string, data?: unknown) => void;
  /** Fails to be reached. */
  readonly unreachable: () => void;
  /** Ends the connection. */
  readonly cut: (reason?: string) => void;
  readonly push: (event: string, ...args: unknown[]) => void;
  /** The heartbeat is overdue and nobody has noticed. */
  halfOpen: boolean;
  readonly connected: () => boolean;
}

/** Creates a server that does what the test says, step by step. */
export function scriptedServer(): ScriptedServer {
  const { methods, fire, deliver } = createListeners();
  const sent: Sent[] = [];
  const handshakes: Record<string, unknown>[] = [];
  const urls: string[] = [];
  let connected = false;
  let active = false;
  let sockets = 0;
  const lose = (reason: string) => {
    const was = connected;
    connected = false;
    if (was) fire('disconnect', reason);
  };
  const send =
    (volatile: boolean) =>
    (event: string, ...args: unknown[]) => {
      const last = args.at(-1);
      const ack = (typeof last === 'function' ? args.pop() : () => undefined) as Sent['ack'];
      JSON.stringify(args);
      if (connected && !server.halfOpen) sent.push({ event, args, volatile, ack });
      else socket.sendBuffer.push(event);
    };
  const socket: SocketLike & SocketEngine = {
    auth: {},
    get active() {
      return active;
    },
    sendBuffer: [],
    connect: () => {
      active = true;
      (socket.auth as SocketAuth)((data) => handshakes.push(data as Record<string, unknown>));
    },
    disconnect: () => {
      active = false;
      lose('io client disconnect');
    },
    emit: send(false),
    volatile: { emit: send(true) },
    ...methods,
    io: {
      engine: {
        _hasPingExpired: () => {
          if (server.halfOpen) queueMicrotask(() => lose('ping timeout'));
          return server.halfOpen;
        },
      },
    },
  };
  const server: ScriptedServer = {
    io: (url) => {
      sockets++;
      urls.push(url);
      return socket;
    },
    sent,
    handshakes,
    urls,
    get sockets() {
      return sockets;
    },
    take: (event) => {
      const first = sent.shift();
      if (!first) throw new Error(`Nothing was sent; expected ${event ?? 'something'}.`);
      if (event !== undefined && first.event !== event)
        throw new Error(`${first.event} was sent; expected ${event}.`);
      return first;
    },
    accept: () => {
      connected = true;
      server.halfOpen = false;
      fire('connect');
    },
    deny: (message, data) => {
      active = false;
      fire('connect_error', Object.assign(new Error(message), { data }));
    },
    unreachable: () => fire('connect_error', new Error('websocket error')),
    cut: (reason = 'transport close') => {
      if (reason === 'io server disconnect') active = false;
      lose(reason);
    },
    push: deliver,
    halfOpen: false,
    connected: () => connected,
  };
  return server;
}
