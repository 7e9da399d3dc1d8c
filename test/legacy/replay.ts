import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { onTestFinished } from 'vitest';
import { openRawSocket, type RawSocket } from '../hostile/raw-socket.ts';

/** One frame that a client sends. */
export type Step = readonly [client: string, frame: string];

/** Every frame that each client got, in order; the ids that a server makes up are taken out. */
export type Received = Readonly<Record<string, readonly string[]>>;

/** Asks something harmless, with a number of its own, and so tells when a step has been dealt with. */
const mark = (number: number) => `42${number}["whoami"]`;

/**
 * Plays frames to a server, each after everything that the one before led to: Engine.IO packets over a bare WebSocket,
 * so that it is bytes that are compared.
 */
export async function replay(serve: (io: Server) => unknown, steps: readonly Step[]): Promise<Received> {
  const http = createServer();
  const io = new Server(http);
  serve(io);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => void (await io.close()));
  const { port } = http.address() as AddressInfo;
  const clients = new Map<string, { socket: RawSocket; frames: string[]; looks: Set<() => void> }>();
  for (const name of new Set(steps.map(([client]) => client))) clients.set(name, await open(port));

  const heard = (name: string, wanted: (frame: string) => boolean) =>
    new Promise<void>((resolve) => {
      const { frames, looks } = clients.get(name)!;
      const look = () => {
        if (!frames.some(wanted)) return;
        looks.delete(look);
        resolve();
      };
      looks.add(look);
      look();
    });

  for (const name of clients.keys()) {
    clients.get(name)!.socket.send('40');
    await heard(name, (frame) => frame.startsWith('40'));
  }
  let number = 1_000;
  const settle = async (name: string) => {
    number += 1;
    clients.get(name)!.socket.send(mark(number));
    await heard(name, (frame) => frame.startsWith(`43${number}[`));
  };
  for (const [name, frame] of steps) {
    clients.get(name)!.socket.send(frame);
    await settle(name);
  }
  for (const name of clients.keys()) await settle(name);
  return Object.fromEntries([...clients].map(([name, { frames }]) => [name, frames.map(withoutIds)]));
}

async function open(port: number) {
  const socket = await openRawSocket(port);
  onTestFinished(() => socket.close());
  const client = { socket, frames: [] as string[], looks: new Set<() => void>() };
  socket.onText = (frame) => {
    client.frames.push(frame);
    for (const look of [...client.looks]) look();
  };
  return client;
}

/** The packets that open a connection carry ids of the server's own. */
function withoutIds(frame: string): string {
  return frame.replace(/"sid":"[^"]+"/, '"sid":""');
}
