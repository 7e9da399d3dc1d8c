import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { boardId, member, move, serving } from './batches.fixture.ts';
import { next, settled, table, type Change, type Served } from './served.fixture.ts';
import { zod } from './zod-validator.ts';

/** Nothing goes by itself while a test runs. */
const never = { volatileTickMs: 100_000 };

/** Makes everyone's connection not ready, until the function that is returned is called. */
function unready({ io }: Served): () => void {
  const ends = [...io.of('/notes').sockets.values()].map(({ conn: { transport } }) => {
    const own = Object.getOwnPropertyDescriptor(transport, 'writable');
    Object.defineProperty(transport, 'writable', { value: false, configurable: true });
    return () => {
      Object.defineProperty(transport, 'writable', own ?? { value: true, writable: true });
      transport.emit('drain');
      transport.emit('ready');
    };
  });
  return () => ends.forEach((end) => end());
}

describe('who is taken out of a room hears what it was told before, and then the news', () => {
  const cases: [name: string, out: (served: Served) => void, news: string[]][] = [
    [
      'evicted',
      ({ notes }) => (notes.board({ boardId }) as unknown as Evicts).evict({ id: 'ann' }),
      ['sockeye:revoked'],
    ],
    ['disconnected', ({ notes }) => notes.board({ boardId }).disconnect(), []],
    ['disconnected with its connection', ({ io }) => void io.of('/notes').disconnectSockets(true), []],
    [
      'asked to come back to another server',
      ({ notes }) => void notes.close({ spreadMs: 0 }),
      ['sockeye:draining'],
    ],
  ];
  test.each(cases)('%s', async (_, out, news) => {
    await using served = await serving(never);
    const { socket, heard } = await member(served, 'ann');
    move(served, 1, 2, 3);
    const told = next(socket, news[0] ?? 'disconnect');
    out(served);
    move(served, 4);
    await told;
    expect(heard.slice(0, 2 + news.length)).toEqual(['1', '[2 3]', ...news]);
  });

  test('leaves by itself: it is told before the answer', async () => {
    await using served = await serving(never);
    const { socket, heard } = await member(served, 'ann');
    move(served, 1, 2, 3);
    const answered = socket.emitWithAck('board:leave', { boardId }).then(() => heard.push('left'));
    await answered;
    move(served, 4);
    await settled(socket);
    expect(heard).toEqual(['1', '[2 3]', 'left']);
  });
});

interface Evicts {
  evict(identity: object): void;
}

test('what waits for a connection that is not ready waits before what was sent later', async () => {
  await using served = await serving(never);
  const { socket, heard } = await member(served, 'ann');
  const ready = unready(served);
  move(served, 1, 2);
  served.notes.all().emit('notice', { text: 'between' });
  move(served, 3, 4);
  served.notes.all().emit('notice', { text: 'after' });
  ready();
  await settled(socket);
  expect(heard).toEqual(['[1 2]', 'notice', '[3 4]', 'notice']);
});

test('for one that is far behind, they are left out rather than making it be cut', async () => {
  await using served = await serving({ ...never, backpressure: { maxPackets: 20 } });
  const { socket, heard } = await member(served, 'ann');
  const ready = unready(served);
  const ask = async (): Promise<void> => {
    move(served, 1, 2);
    await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
    served.io.of('/notes').emit('sockeye:other');
  };
  for (let times = 0; times < 12; times += 1) await ask();
  ready();
  await settled(socket);
  expect(heard.filter((line) => line === 'sockeye:other')).toHaveLength(12);
  expect(heard.filter((line) => line === '[1 2]')).toHaveLength(5);
});

test('what was collected for a socket that has gone is not sent to the next one of the same connection', async () => {
  await using served = await serving({ ...never, plain: (io) => void io.of('/other') });
  const { socket, heard } = await member(served, 'ann');
  const other = socket.io.socket('/other');
  const open = next(other, 'connect');
  other.connect();
  await open;
  move(served, 1, 2, 3);
  await next(socket, 'cursor:move');
  const gone = [...served.io.of('/notes').sockets.values()].map(
    (each) => new Promise((resolve) => each.once('disconnect', resolve)),
  );
  socket.disconnect();
  await Promise.all(gone);
  const back = next(socket, 'connect');
  socket.connect();
  await back;
  await settled(socket);
  expect(heard).toEqual(['1']);
  await socket.emitWithAck('board:join', { boardId });
  move(served, 4);
  await settled(socket);
  expect(heard.slice(1).join(' ')).not.toMatch(/[23]/);
  other.disconnect();
});

describe('on their way', () => {
  const bytes = z.object({ boardId: z.string(), x: z.number(), ink: z.instanceof(Uint8Array).optional() });
  const drawing: Change = {
    table: {
      ...table,
      serverToClient: {
        ...table.serverToClient,
        'cursor:move': { ...table.serverToClient['cursor:move']!, payload: zod(bytes) },
      },
    },
  };

  test('one with attachments goes by itself, in its place, and whole', async () => {
    await using served = await serving({ ...never, ...drawing });
    const { socket, heard } = await member(served, 'ann');
    const inks: unknown[] = [];
    socket.on('cursor:move', ({ ink }: { ink?: unknown }) => ink !== undefined && inks.push(ink));
    move(served, 1);
    await settled(socket);
    move(served, 2, 3);
    served.notes.board({ boardId }).emit('cursor:move', { boardId, x: 4, ink: Buffer.from([1, 2, 3]) });
    move(served, 5, 6);
    served.notes.all().emit('notice', { text: 'after' });
    await settled(socket);
    expect(heard).toEqual(['1', '[2 3]', '4', '[5 6]', 'notice']);
    expect(inks).toEqual([Buffer.from([1, 2, 3])]);
  });

  test('a frame is compressed as any other', async () => {
    await using served = await serving({ ...never, io: { perMessageDeflate: { threshold: 0 } } });
    const { socket, heard } = await member(served, 'ann');
    const [transport] = [...served.io.of('/notes').sockets.values()].map(({ conn }) => conn.transport);
    const { _socket: link } = (transport as unknown as { socket: { _socket: { bytesWritten: number } } })
      .socket;
    move(served, ...Array.from({ length: 200 }, (_, x) => x));
    const before = link.bytesWritten;
    await settled(socket);
    const texts = Array.from({ length: 199 }, (_, index) => String(index + 1));
    expect(heard).toEqual(['0', `[${texts.join(' ')}]`]);
    // More than 40 characters an event, if they went as they are.
    expect(link.bytesWritten - before).toBeLessThan(199 * 20);
  });
});
