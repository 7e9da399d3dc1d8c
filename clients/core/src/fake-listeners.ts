import type { SocketLike } from './socket.ts';

/** The listeners of a socket that is not Socket.IO's. */
export interface FakeListeners {
  /** The socket's methods that add and remove listeners. */
  readonly methods: Pick<SocketLike, 'on' | 'onAny' | 'off' | 'offAny'>;
  /** Calls the listeners of one of the socket's own events, such as `connect`. */
  readonly fire: (event: string, argument?: unknown) => void;
  /** Delivers an event of the contract. */
  readonly deliver: (event: string, ...args: unknown[]) => void;
}

/** Creates an empty list of listeners. */
export function createListeners(): FakeListeners {
  const listeners = new Map<string, ((argument: never) => void)[]>();
  const catchAll: ((event: string, ...args: unknown[]) => void)[] = [];
  return {
    methods: {
      on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
      onAny: (listener) => catchAll.push(listener),
      off: () => listeners.clear(),
      offAny: () => catchAll.splice(0),
    },
    fire: (event, argument) => {
      for (const listener of listeners.get(event) ?? []) listener(argument as never);
    },
    deliver: (event, ...args) => {
      for (const listener of catchAll) listener(event, ...args);
    },
  };
}
