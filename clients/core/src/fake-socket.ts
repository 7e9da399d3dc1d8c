import type { ErrorBody } from '@sockeye/contract/wire';
import { createListeners } from './fake-listeners.ts';
import type { SocketAuth, SocketLike } from './socket.ts';

/** Answers a call of the client. Does nothing if it has no ack. */
export type Reply = (...answer: unknown[]) => void;

/** An event sent to the server, with its arguments except the ack. */
export interface Sent {
  readonly event: string;
  readonly args: unknown[];
}

/** The server's side of a fake socket. */
export interface FakeSocketOptions {
  /** Called with the data of a handshake. A returned error refuses it. */
  readonly handshake: (data: object) => ErrorBody | undefined;
  readonly receive: (sent: Sent, reply: Reply) => void;
}

/** Both ends of a connection within the page. */
export interface FakeSocket {
  /** The client's end. */
  readonly client: SocketLike;
  readonly connected: () => boolean;
  /** Names of the rooms that the connection is in, and of the logs that it follows; cleared on disconnect. */
  readonly rooms: Set<string>;
  readonly logs: Set<string>;
  /** Delivers an event to the client. */
  readonly receive: (event: string, ...args: unknown[]) => void;
  /** Ends the connection as a network failure does. */
  readonly cut: () => void;
}

/** Creates a connection within the page. Everything is asynchronous, by microtasks, as on a network. */
export function createFakeSocket({ handshake, receive }: FakeSocketOptions): FakeSocket {
  const { methods, fire, deliver } = createListeners();
  const rooms = new Set<string>();
  const logs = new Set<string>();
  let connected = false;
  let active = false;
  let attempt = 0;

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
    ...methods,
  };
  return {
    client,
    rooms,
    logs,
    connected: () => connected,
    receive: deliver,
    cut: () => end('transport close'),
  };
}
