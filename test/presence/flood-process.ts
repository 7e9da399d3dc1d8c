import type { Server } from 'socket.io';
import { Server as RawServer } from 'socket.io';
import { startOffice } from './office.ts';

/**
 * A server of its own process, whose memory is that of nothing else: `tsx flood-process.ts office|raw`. Says its port;
 * told anything, it sends 60,000 events of a kilobyte to everyone and says how far its memory grew, in bytes.
 */
const { io, url } = process.argv[2] === 'raw' ? raw() : await startOffice();

function raw(): { readonly io: Server; readonly url: string } {
  const io = new RawServer(0, { serveClient: false });
  const { port } = io.httpServer.address() as { readonly port: number };
  return { io, url: `http://127.0.0.1:${port}` };
}

const kilobyte = 'x'.repeat(1_000);

async function flood(events: number): Promise<number> {
  let most = 0;
  for (let sent = 0; sent < events; sent += 100) {
    for (let n = 0; n < 100; n += 1) io.emit('tick', `${n}${kilobyte}`);
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, process.memoryUsage.rss());
  }
  return most;
}

process.on('disconnect', () => process.exit());
process.on('message', () => {
  void flood(60_000).then((most) => process.send!({ grown: most - before }));
});
// What the first events cost is the program's own, not a client's.
await flood(60_000);
globalThis.gc?.();
const before = process.memoryUsage.rss();
process.send!({ url });
