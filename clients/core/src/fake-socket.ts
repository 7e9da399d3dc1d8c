import type { ErrorBody } from '@sockeye/contract/wire';
import type { SocketAuth, SocketLike } from './socket.ts';

/** Answers a call of the client's; nothing where the client asked for no answer. */
export type Reply = (...answer: unknown[]) => void;

/** An event on its way to the server, with its arguments but for the acknowledgement. */
export interface Sent {
  readonly event: string;
  readonly args: unknown[];
}

/** What is behind a socket that is connected to nothing. */
export interface FakeSocketOptions {
  /** Told what a handshake carries; an error refuses it. */
  readonly handshake: (data: object) => ErrorBody | undefined;
  readonly receive: (sent: Sent, reply: Reply) => void;
}

/** The two ends of a connection within the page. */
export interface FakeSocket {
  /** The end that a client holds. */
  readonly client: SocketLike;
  readonly connected: () => boolean;
  /** Names of rooms that the connection is in, and of logs that it follows; forgotten with the connection. */
  readonly rooms: Set<string>;
  readonly logs: Set<string>;
  /** Hands the client an event. */
  readonly receive: (event: string, ...args: unknown[]) => void;
  /** Ends the connection as a network does. */
  readonly cut: () => void;
}

/** Makes a connection within the page. Everything takes a turn of the microtask queue, as nothing is there at once. */
export function createFakeSocket({ handshake, receive }: FakeSocketOptions): FakeSocket {
  const listeners = new Map<string, ((argument: never) => void)[]>();
  const catchAll: ((event: string, ...args: unknown[]) => void)[] = [];
  const rooms = new Set<string>();
  const logs = new Set<string>();
  let connected = false;
  let active = false;
  let attempt = 0;

  function fire(event: string, argument?: unknown): void {
    for (const listener of listeners.get(event) ?? []) listener(argument as never);
  }

  function end(reason: string): void {
    attempt += 1;
    rooms.clear();
    logs.clear();
    if (!connected) return;
    connected = false;
    fire('disconnect', reason);
  }

  function send(event: string, ...args: unknown[]): void {
    const session = attempt;
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as Reply) : undefined;
    const reply: Reply = (...answer) => {
      if (session === attempt) ack?.(...answer);
    };
    if (connected) queueMicrotask(() => receive({ event, args }, reply));
  }

  const client: SocketLike = {
    auth: {},
    get active() {
      return active;
    },
    sendBuffer: [],
    connect: () => {
      active = true;
      const session = ++attempt;
      (client.auth as SocketAuth)((data) =>
        queueMicrotask(() => {
          if (session !== attempt) return;
          const error = handshake(data);
          active = connected = error === undefined;
          if (error) fire('connect_error', Object.assign(new Error(error.message), { data: error }));
          else fire('connect');
        }),
      );
    },
    disconnect: () => {
      active = false;
      end('io client disconnect');
    },
    emit: send,
    volatile: { emit: send },
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    onAny: (listener) => catchAll.push(listener),
    off: () => listeners.clear(),
    offAny: () => catchAll.splice(0),
  };
  return {
    client,
    rooms,
    logs,
    connected: () => connected,
    receive: (event, ...args) => {
      for (const listener of catchAll) listener(event, ...args);
    },
    cut: () => end('transport close'),
  };
}
