import type { ClientBase } from '@sockeye/client';
import { Manager } from 'socket.io-client';

/**
 * Creates the connection that the clients of all contracts share; each has its own handshake. It opens and closes with
 * the clients that use it.
 */
export function createLine(): Manager {
  return new Manager(location.origin, { autoConnect: false, transports: ['websocket'], reconnection: false });
}

/** Reconnects the other clients as soon as the first one is connected. Returns a function that stops it. */
export function keepTogether(first: ClientBase, others: readonly ClientBase[]): () => void {
  let phase = first.connection.getSnapshot().phase;
  return first.connection.subscribe(() => {
    const before = phase;
    ({ phase } = first.connection.getSnapshot());
    if (phase !== 'connected' || phase === before) return;
    for (const { connection, reconnect } of others) {
      if (connection.getSnapshot().retryAt !== undefined) reconnect();
    }
  });
}
