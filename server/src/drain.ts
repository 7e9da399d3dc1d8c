import { control, type Draining } from '@sockeye/contract/wire';
import { sessionOf, type Runtime } from './runtime.ts';

/** Number of clients that are notified in one turn of the event loop. */
const batchSize = 200;

/**
 * Tells generated clients that the server shuts down, each with a random time after which to reconnect, so that they do
 * not all reconnect at once. Running handlers continue between two batches.
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
