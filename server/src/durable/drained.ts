import type { Session } from '../session.ts';

/** As much of Engine.IO's connection as is needed. */
interface Connection {
  readonly writeBuffer: readonly unknown[];
  on(event: 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
}

/** How many packets wait for a connection's transport. */
export function waitingPackets({ socket }: Session): number {
  return (socket.conn as unknown as Connection).writeBuffer.length;
}

/** Resolves when a connection's transport has taken everything, or is gone. */
export function drained(session: Session): Promise<void> {
  if (waitingPackets(session) === 0 || !session.socket.connected) return Promise.resolve();
  const conn = session.socket.conn as unknown as Connection;
  return new Promise((resolve) => {
    const done = (): void => {
      conn.off('drain', look);
      conn.off('close', done);
      resolve();
    };
    const look = (): void => {
      if (conn.writeBuffer.length === 0) done();
    };
    conn.on('drain', look);
    conn.on('close', done);
  });
}
