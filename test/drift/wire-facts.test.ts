import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { expect, test } from 'vitest';

/** A bare Socket.IO server and client, without any contract between them. */
interface Wire extends AsyncDisposable {
  readonly client: Socket;
  readonly server: ServerSocket;
  readonly url: string;
}

async function connect(): Promise<Wire> {
  const http = createServer();
  const server = new Server(http);
  const accepted = new Promise<ServerSocket>((resolve) => server.on('connection', resolve));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const client = io(url, { transports: ['websocket'], forceNew: true });
  const [socket] = await Promise.all([
    accepted,
    new Promise<void>((resolve) => client.on('connect', resolve)),
  ]);
  const stop = async (): Promise<void> => {
    client.disconnect();
    await server.close();
  };
  return { client, server: socket, url, [Symbol.asyncDispose]: stop };
}

/** The arguments with which a listener is called. */
function received(
  socket: { on: (event: string, listener: (...args: unknown[]) => void) => unknown },
  event: string,
): Promise<unknown[]> {
  return new Promise((resolve) => socket.on(event, (...args) => resolve(args)));
}

test('an appended argument moves the acknowledgement: the old handler takes the argument for it', async () => {
  await using wire = await connect();
  const args = received(wire.server, 'save');
  wire.client.emit('save', 'a', 'appended', () => undefined);
  const [first, second, third] = await args;
  expect([first, second, typeof third]).toEqual(['a', 'appended', 'function']);
  const oldHandler = (_: unknown, ack: () => void): void => ack();
  expect(() => oldHandler(first, second as () => void)).toThrow('ack is not a function');
});

test('an acknowledgement added on the server: the old client sends no function for it', async () => {
  await using wire = await connect();
  const args = received(wire.server, 'save');
  wire.client.emit('save', 'a');
  const newHandler = ([, ack]: unknown[]): void => (ack as () => void)();
  const given = await args;
  expect(() => newHandler(given)).toThrow('ack is not a function');
});

test('an acknowledgement removed on the server: the old client waits for its timeout', async () => {
  await using wire = await connect();
  const args = received(wire.server, 'save');
  const answer = wire.client.timeout(20).emitWithAck('save', 'a');
  await args;
  await expect(answer).rejects.toThrow('operation has timed out');
});

test('an event that nobody listens to is ignored without a word, and its acknowledgement never comes', async () => {
  await using wire = await connect();
  await expect(wire.client.timeout(20).emitWithAck('unknown', 'a')).rejects.toThrow(
    'operation has timed out',
  );
  expect(wire.client.connected).toBe(true);
});

test.each([
  ['undefined as an argument is null', undefined, null],
  ['undefined in an array is null', [undefined], [null]],
  ['undefined as a property is gone', { a: undefined }, {}],
  ['NaN is null', { n: Number.NaN }, { n: null }],
  ['Infinity is null', Number.POSITIVE_INFINITY, null],
  ['a Map is an empty object', new Map([['a', 1]]), {}],
  ['a Set is an empty object', new Set([1]), {}],
  ['a Date is text', new Date(0), '1970-01-01T00:00:00.000Z'],
])('on the wire, %s', async (_, given, want) => {
  await using wire = await connect();
  const args = received(wire.server, 'save');
  wire.client.emit('save', given);
  expect(await args).toEqual([want]);
});

test('bytes are an attachment, not text', async () => {
  await using wire = await connect();
  const args = received(wire.server, 'save');
  wire.client.emit('save', { file: new Uint8Array([1, 2, 3]) });
  const [payload] = (await args) as [{ file: unknown }];
  expect(Buffer.isBuffer(payload.file)).toBe(true);
});

test('a bigint cannot be sent', async () => {
  await using wire = await connect();
  expect(() => wire.client.emit('save', 1n)).toThrow('BigInt');
});

test('an unknown namespace is refused', async () => {
  await using wire = await connect();
  const other = io(`${wire.url}/elsewhere`, { transports: ['websocket'], forceNew: true });
  const error = await new Promise<Error>((resolve) => other.on('connect_error', resolve));
  other.disconnect();
  expect(error.message).toBe('Invalid namespace');
});
