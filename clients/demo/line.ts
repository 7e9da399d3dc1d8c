import type { ClientBase } from '@sockeye/client';
import { Manager } from 'socket.io-client';

/**
 * Makes the low-level connection of one person, which the clients of every contract share; each has its own handshake
 * on it. It opens and closes with the clients that use it.
 */
export function createLine(): Manager {
  return new Manager(location.origin, { autoConnect: false, transports: ['websocket'], reconnection: false });
}

/** Lets clients come back as soon as the first one is back, and not each in its own time; returns the way to stop. */
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
