import { createServer } from 'node:http';
import type { ContractTable } from '@sockeye/contract/wire';
import { defineServer, zod } from '@sockeye/server/codegen';
import { Server } from 'socket.io';
import * as z from 'zod';

const place = z.object({ x: z.number(), hand: z.int() });
const table: ContractTable = {
  contract: { contract: 'pointers', version: '1.0.0', hash: 'abc', namespace: '/' },
  identity: zod(z.object({})),
  rooms: { board: { params: [] } },
  errors: {},
  clientToServer: { move: { name: 'move', payload: zod(place) } },
  serverToClient: { moved: { name: 'moved', payload: zod(place), room: 'board', volatile: true } },
};

interface Pointers {
  board(params: object): { emit(event: string, payload: unknown): void };
}

// Hands move pointers; everyone who reads is told. Argument: `volatileTickMs`.
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, pingInterval: 60_000 });
io.on('connection', (socket) => {
  if ((socket.handshake.auth as { reads?: boolean }).reads) void socket.join('board');
});
const pointers = defineServer<object, Pointers>(table)(io, {
  volatileTickMs: Number(process.argv[2]),
  authenticate: () => ({}),
  authorize: { board: () => true },
  handlers: { move: (place: unknown) => pointers.board({}).emit('moved', place) },
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as { port: number }).port }));

let cpu = process.cpuUsage();
process.on('message', () => {
  const { user, system } = process.cpuUsage(cpu);
  cpu = process.cpuUsage();
  process.send?.({ cpuUs: user + system });
});
