import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { faultProxy, type FaultProxy } from './fault-proxy.ts';

interface Echo extends AsyncDisposable {
  readonly proxy: FaultProxy;
  /** The server's side of every connection. */
  readonly served: Socket[];
  readonly call: () => Promise<Socket>;
}

async function echo(): Promise<Echo> {
  const served: Socket[] = [];
  const server = createServer((socket) => {
    served.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => socket.write(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await faultProxy((server.address() as AddressInfo).port);
  const callers: Socket[] = [];
  return {
    proxy,
    served,
    call: async () => {
      const socket = connect({ port: proxy.port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      callers.push(socket);
      await once(socket, 'connect');
      return socket;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of [...callers, ...served]) socket.destroy();
      await proxy[Symbol.asyncDispose]();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const answer = async (socket: Socket): Promise<string> =>
  String(((await once(socket, 'data')) as [Buffer])[0]);

/** Ends when a socket does, in whatever way. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));

it('passes on what it is given', async () => {
  await using world = await echo();
  const socket = await world.call();
  socket.write('hello');
  expect(await answer(socket)).toBe('hello');
  expect(world.proxy.size()).toBe(1);
});

it('cuts both sides', async () => {
  await using world = await echo();
  const socket = await world.call();
  socket.write('x');
  await answer(socket);
  const ended = [closed(socket), closed(world.served[0]!)];
  world.proxy.cut();
  await Promise.all(ended);
  expect(world.proxy.size()).toBe(0);
});

it('leaves the server with a link to nobody, until the time is up', async () => {
  await using world = await echo();
  const socket = await world.call();
  socket.write('x');
  await answer(socket);
  const gone = closed(socket);
  const noticed = closed(world.served[0]!);
  world.proxy.halfOpen(50);
  await gone;
  expect(world.served[0]!.destroyed).toBe(false);
  world.served[0]!.write('to nobody');
  await noticed;
});

it('holds everything back while it is frozen, and loses nothing', async () => {
  await using world = await echo();
  const socket = await world.call();
  socket.write('first');
  await answer(socket);
  world.proxy.freeze(true);
  let came = '';
  socket.on('data', (chunk) => (came += String(chunk)));
  socket.write('second');
  const other = await world.call();
  other.write('third');
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(came).toBe('');
  world.proxy.freeze(false);
  expect(await answer(other)).toBe('third');
  while (came !== 'second') await once(socket, 'data');
});

it('delays in order', async () => {
  await using world = await echo();
  const socket = await world.call();
  world.proxy.delay(20);
  const startedAt = performance.now();
  socket.write('a');
  socket.write('b');
  let came = '';
  while (came.length < 2) came += await answer(socket);
  expect(came).toBe('ab');
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39);
});

it('refuses new connections', async () => {
  await using world = await echo();
  world.proxy.refuse(true);
  const socket = connect({ port: world.proxy.port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await closed(socket);
  expect(world.served).toHaveLength(0);
});
