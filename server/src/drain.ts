import { control, type Draining } from '@sockeye/contract/wire';
import { sessionOf, type Runtime } from './runtime.ts';

/** Clients that are told in one turn of the event loop. */
const batchSize = 200;

/**
 * Tells generated clients that the server stops, each with a time of its own to come back after, so that they do not
 * all come at once. Handlers that still run get their turns between two batches.
 */
export async function drain(runtime: Runtime, spreadMs: number): Promise<void> {
  let told = 0;
  for (const socket of [...runtime.namespace.sockets.values()]) {
    if (sessionOf(runtime, socket)?.client.stamp === undefined || !socket.connected) continue;
    socket.emit(control.draining, { retryAfterMs: Math.round(Math.random() * spreadMs) } satisfies Draining);
    told += 1;
    if (told % batchSize === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
