import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connectTo, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isLagging,
  resolveBackpressure,
  watchBackpressure,
  type BackpressureOptions,
} from './backpressure.ts';

let io: Server;
let url: string;
let rule: BackpressureOptions = {};
const clients: Socket[] = [];
const seen: string[] = [];

beforeEach(async () => {
  rule = {};
  seen.length = 0;
  const http = createServer();
  io = new Server(http, { serveClient: false });
  io.on('connection', (socket) =>
    watchBackpressure(socket, resolveBackpressure(rule), {
      onLagging: (_socket, { dropped }, action) => seen.push(`${action} ${dropped}`),
      onRecovered: (_socket, dropped) => seen.push(`recovered ${dropped > 0}`),
    }),
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await io.close();
});

async function connect(): Promise<Socket> {
  const client = connectTo(url, { transports: ['websocket'], forceNew: true, reconnection: false });
  clients.push(client);
  await new Promise<void>((resolve) => client.once('connect', resolve));
  return client;
}

/** Stops reading, as a machine that sleeps does. */
function stream(client: Socket): { pause(): void; resume(): void } {
  const { transport } = client.io.engine as unknown as {
    transport: { ws: { _socket: { pause(): void; resume(): void } } };
  };
  return transport.ws._socket;
}

const kilobyte = 'x'.repeat(1_000);

/** Sends events of a kilobyte to everyone, some in a turn. */
async function flood(count: number, until: () => boolean = () => false): Promise<number> {
  let sent = 0;
  while (sent < count && !until()) {
    for (let index = 0; index < 100; index += 1) io.emit('tick', kilobyte);
    sent += 100;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return sent;
}

describe('a client that does not read', () => {
  it('is cut after its patience, costs a bounded amount of memory, and takes nothing from the others', async () => {
    rule = { patienceMs: 300 };
    const [deaf, healthy] = [await connect(), await connect()];
    let heard = 0;
    healthy.on('tick', () => (heard += 1));
    const server = io.sockets.sockets.get(deaf.id!)!;
    stream(deaf).pause();
    const before = process.memoryUsage().rss;
    const gone = new Promise<string>((resolve) => server.once('disconnect', resolve));
    const sent = await flood(60_000);
    await gone;
    const waiting = (server.conn as unknown as { writeBuffer: string[] }).writeBuffer;
    expect(waiting.reduce((sum, packet) => sum + packet.length, 0)).toBeLessThan(1_500_000);
    expect(seen[0]).toMatch(/^drop/);
    expect(seen.at(-1)).toMatch(/^close [1-9]/);
    const deadline = performance.now() + 5_000;
    while (heard < sent && performance.now() < deadline)
      await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toBe(sent);
    const grown = process.memoryUsage().rss - before;
    expect(grown).toBeLessThan(60_000_000);
  }, 30_000);

  it('keeps what is no event of the class that may be lost, until the budget is used up', async () => {
    rule = { maxBytes: 100_000_000 };
    const deaf = await connect();
    const server = io.sockets.sockets.get(deaf.id!)!;
    stream(deaf).pause();
    await flood(60_000, () => seen.length > 0);
    expect(isLagging(server)).toBe(true);
    const buffer = () => (server.conn as unknown as { writeBuffer: string[] }).writeBuffer.length;
    const before = buffer();
    server.emit('tick', kilobyte);
    expect(buffer()).toBe(before);
    server.emit('sockeye:log', {});
    server.emit('note', kilobyte, { room: 'w', epoch: 'e', offset: 1, id: 'i' });
    server.timeout(10_000).emit('question', 'x', () => undefined);
    expect(buffer()).toBe(before + 3);
    for (let index = 0; index < 1_000 && server.connected; index += 1) server.emit('sockeye:log', {});
    expect(seen.at(-1)).toMatch(/^close/);
  }, 30_000);

  it('is not charged for volatile events, which it is not sent at all', async () => {
    rule = { patienceMs: 100 };
    const deaf = await connect();
    const server = io.sockets.sockets.get(deaf.id!)!;
    stream(deaf).pause();
    server.emit('snapshot', 'x'.repeat(20_000_000));
    const until = performance.now() + 300;
    for (let sent = 0; sent < 3_000 || performance.now() < until; sent += 100) {
      for (let index = 0; index < 100; index += 1) server.volatile.emit('tick', kilobyte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen).toEqual([]);
    expect(server.connected).toBe(true);
    stream(deaf).resume();
    await new Promise((resolve) => deaf.once('snapshot', resolve));
  }, 30_000);

  it('is charged from where it stands again after it has caught up', async () => {
    rule = { maxBytes: 2_500_000, patienceMs: 10_000 };
    const sleepy = await connect();
    const server = io.sockets.sockets.get(sleepy.id!)!;
    for (let nap = 0; nap < 3; nap += 1) {
      stream(sleepy).pause();
      server.emit('snapshot', 'x'.repeat(20_000_000));
      for (let note = 0; note < 10; note += 1) {
        server.emit('sockeye:log', 'x'.repeat(100_000));
        await new Promise((resolve) => setImmediate(resolve));
      }
      stream(sleepy).resume();
      server.emit('sockeye:end', nap);
      await new Promise((resolve) => sleepy.once('sockeye:end', resolve));
    }
    expect(seen).toEqual([]);
  }, 30_000);

  it('is told when it reads again, and hears from then on', async () => {
    const sleepy = await connect();
    stream(sleepy).pause();
    await flood(60_000, () => seen.length > 0);
    stream(sleepy).resume();
    const deadline = performance.now() + 3_000;
    while (seen.length < 2 && performance.now() < deadline)
      await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([expect.stringMatching(/^drop/), 'recovered true']);
    const heard = new Promise((resolve) => sleepy.once('after', resolve));
    io.emit('after', 1);
    expect(await heard).toBe(1);
    expect(isLagging(io.sockets.sockets.get(sleepy.id!)!)).toBe(false);
  }, 30_000);
});

it('drops nothing of a burst that is larger than the budget, from a client that reads', async () => {
  const client = await connect();
  let heard = 0;
  client.on('tick', () => (heard += 1));
  for (let index = 0; index < 5_000; index += 1) io.emit('tick', kilobyte);
  const deadline = performance.now() + 5_000;
  while (heard < 5_000 && performance.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toBe(5_000);
  expect(seen).toEqual([]);
});
