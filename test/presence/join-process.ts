import { Server } from 'socket.io';
import { startOffice } from './office.ts';

/**
 * A server of its own process, whose CPU is that of nothing else: `tsx join-process.ts office|naive`. The naive one sends
 * everyone the whole list whenever somebody joins, as tutorials do. Says its address; told anything, it says how much CPU
 * it has used since it was told before, in milliseconds.
 */
const { url } = process.argv[2] === 'naive' ? naive() : await startOffice({ tickMs: 100, limit: 1_000 });

function naive(): { readonly url: string } {
  const io = new Server(0, { serveClient: false });
  const users: object[] = [];
  io.on('connection', (socket) => {
    socket.on('join', async ({ workspaceId }: { workspaceId: string }, ack: (answer: object) => void) => {
      await socket.join(workspaceId);
      const { id } = socket.handshake.auth as { readonly id: string };
      users.push({ id, name: `Worker ${id}`, mood: 'fine' });
      io.to(workspaceId).emit('online', { workspaceId, users });
      ack({ ok: true });
    });
  });
  const { port } = io.httpServer.address() as { readonly port: number };
  return { url: `http://127.0.0.1:${port}` };
}

let before = process.cpuUsage();
process.on('disconnect', () => process.exit());
process.on('message', () => {
  const { user, system } = process.cpuUsage(before);
  before = process.cpuUsage();
  process.send!({ spentMs: (user + system) / 1_000 });
});
process.send!({ url });
