import type { Server, Socket as ServerSocket } from 'socket.io';
import { describe, expect, test } from 'vitest';
import { serve, settled, type Ctx, type Served } from './served.fixture.ts';

type Plain = (socket: ServerSocket, seen: string[]) => void;

/** Serves a contract beside an application that listens too; everything that arrives is written down. */
async function beside(
  plain: Plain,
): Promise<Served & { readonly seen: string[]; readonly socket: () => ServerSocket }> {
  const seen: string[] = [];
  const served = await serve({
    plain: (io: Server) => {
      // After the contract's own listener, as in an application that was there before it.
      io.of('/notes').on('connection', (socket) => void Promise.resolve().then(() => plain(socket, seen)));
    },
    handlers: { any: (payload: unknown, ctx: Ctx) => (seen.push(`any ${String(payload)}`), ctx.event) },
  });
  return Object.assign(served, { seen, socket: () => [...served.io.of('/notes').sockets.values()][0]! });
}

/** Lets packets arrive in one piece, as frames do that the kernel hands over together. */
function arrive(socket: ServerSocket, ...packets: string[]): void {
  for (const packet of packets) socket.conn.emit('data', `2/notes,${packet}`);
}

describe('events of one connection never overtake each other', () => {
  const listening: Plain = (socket, seen) => {
    socket.on('plain', (payload) => seen.push(`plain ${String(payload)}`));
  };
  const cases: [name: string, plain: Plain, packets: string[], want: string][] = [
    ['two of the contract', listening, ['["any",1]', '["any",2]'], 'any 1, any 2'],
    ['one of the contract first', listening, ['["any",1]', '["plain",2]'], 'any 1, plain 2'],
    ['one of the application first', listening, ['["plain",1]', '["any",2]'], 'plain 1, any 2'],
    [
      'in turn',
      listening,
      ['["plain",1]', '["any",2]', '["plain",3]', '["plain",4]', '["any",5]', '["any",6]'],
      'plain 1, any 2, plain 3, plain 4, any 5, any 6',
    ],
    [
      'past a middleware that takes its time',
      (socket, seen) => {
        listening(socket, seen);
        socket.use(([event], next) => void setImmediate(() => (seen.push(`use ${String(event)}`), next())));
      },
      ['["plain",1]', '["any",2]'],
      'use plain, plain 1, use any, any 2',
    ],
  ];
  test.each(cases)('%s', async (_name, plain, packets, want) => {
    await using served = await beside(plain);
    const client = await served.connect();
    await settled(client);
    served.seen.length = 0;
    arrive(served.socket(), ...packets);
    await settled(client);
    expect(served.seen.filter((line) => line !== 'use ping').join(', ')).toBe(want);
  });
});

describe('whoever else listens sees the events of the contract', () => {
  const cases: [name: string, plain: Plain, want: string][] = [
    ['nobody', () => undefined, 'any 1'],
    [
      'a second listener',
      (socket, seen) => socket.on('any', (p) => seen.push(`second ${String(p)}`)),
      'any 1, second 1',
    ],
    [
      'a catch-all listener',
      (socket, seen) => socket.onAny((event) => seen.push(`all ${String(event)}`)),
      'all any, any 1',
    ],
    [
      'a middleware',
      (socket, seen) => socket.use(([event], next) => (seen.push(`use ${String(event)}`), next())),
      'use any, any 1',
    ],
    ['a middleware that refuses', (socket) => socket.use((_event, next) => next(new Error('no'))), ''],
    [
      'a listener in its place',
      (socket, seen) => {
        socket.removeAllListeners('any');
        socket.on('any', (p) => seen.push(`other ${String(p)}`));
      },
      'other 1',
    ],
    [
      'a catch-all listener that has gone',
      (socket, seen) => {
        const listener = (): void => void seen.push('all');
        socket.onAny(listener).offAny(listener);
      },
      'any 1',
    ],
  ];
  test.each(cases)('%s', async (_name, plain, want) => {
    await using served = await beside(plain);
    await served.connect();
    const socket = served.socket();
    socket.on('error', () => undefined);
    arrive(socket, '["any",1]');
    await new Promise((resolve) => setImmediate(resolve));
    expect(served.seen.join(', ')).toBe(want);
  });
});

test('the short way does not go through what Socket.IO dispatches events with', async () => {
  await using served = await beside((socket) => {
    (socket as unknown as { dispatch: () => void }).dispatch = () => undefined;
    socket.on('plain', (ack: () => void) => ack());
  });
  const client = await served.connect();
  expect(await client.emitWithAck('any', 1)).toEqual({ ok: true, data: 'any' });
  await expect(client.timeout(50).emitWithAck('plain')).rejects.toThrow();
});

test('where somebody has changed how events come in, they come in that way', async () => {
  const seen: unknown[] = [];
  await using served = await serve({
    plain: (io) => {
      io.of('/notes').use((socket, next) => {
        const receiver = socket as unknown as { onevent: (packet: { data: unknown[] }) => void };
        const inherited = receiver.onevent;
        receiver.onevent = function (packet) {
          seen.push(packet.data[0]);
          inherited.call(this, packet);
        };
        next();
      });
    },
  });
  const client = await served.connect();
  expect(await client.emitWithAck('any', 1)).toEqual({ ok: true, data: 1 });
  expect(await client.emitWithAck('unheard')).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
  expect(seen).toEqual(['any', 'unheard']);
});

test('an event that nobody listens to is answered once, and seen by a catch-all listener with its acknowledgement', async () => {
  const answers: unknown[] = [];
  await using served = await beside((socket) => {
    socket.onAny((_event, ...args) => {
      const ack = args.at(-1) as ((answer: unknown) => void) | undefined;
      answers.push(typeof ack);
      ack?.('late');
    });
  });
  const client = await served.connect();
  expect(await client.emitWithAck('unheard', 1)).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
  expect(answers).toEqual(['function']);
});
