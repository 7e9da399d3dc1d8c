import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { next, serve, settled, type Change, type Ctx, type Served } from './served.fixture.ts';

const boardId = 'b1';
const stamp = { contract: 'notes', version: '1.2.0', hash: 'abc' };

/** Connects someone who is in the room; everything that comes is written down, a batch in brackets. */
async function member(
  served: Served,
  id: string,
  batches = true,
): Promise<{ socket: Socket; heard: string[] }> {
  const auth = { token: id, sockeye: batches ? { ...stamp, batches } : stamp };
  const socket = await served.connect(id, { auth });
  const heard: string[] = [];
  const place = ([event, payload]: unknown[]) =>
    event === 'cursor:move' ? String((payload as { x: number }).x) : String(event);
  socket.onAny((event: string, ...args: unknown[]) => {
    if (event === 'sockeye:batch') heard.push(`[${(args as unknown[][]).map(place).join(' ')}]`);
    else heard.push(place([event, ...args]));
  });
  await socket.emitWithAck('board:join', { boardId });
  return { socket, heard };
}

function move(served: Served, ...xs: number[]): void {
  for (const x of xs) served.notes.board({ boardId }).emit('cursor:move', { boardId, x });
}

async function serving(change: Change = {}): Promise<Served> {
  return serve({ volatileTickMs: 20, ...change });
}

describe('volatile events to a client that takes batches', () => {
  test('the first goes at once, what follows within the tick in one frame, the newest last', async () => {
    await using served = await serving();
    const { socket, heard } = await member(served, 'ann');
    move(served, 1, 2, 3, 4, 5);
    await next(socket, 'sockeye:batch');
    expect(heard).toEqual(['1', '[2 3 4 5]']);
  });

  test('one that waits alone comes as itself, and after a quiet tick the first goes at once again', async () => {
    await using served = await serving();
    const { socket, heard } = await member(served, 'ann');
    move(served, 1, 2);
    await next(socket, 'cursor:move');
    await next(socket, 'cursor:move');
    move(served, 3, 4, 5);
    await next(socket, 'sockeye:batch');
    expect(heard.filter((line) => line.startsWith('['))).toHaveLength(1);
    expect(heard.join(' ').match(/\d/g)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('nothing overtakes them', async () => {
    await using served = await serving({ volatileTickMs: 10_000 });
    const { socket, heard } = await member(served, 'ann');
    move(served, 1);
    await settled(socket);
    move(served, 2, 3);
    served.notes.all().emit('notice', { text: 'after' });
    await next(socket, 'notice');
    expect(heard).toEqual(['1', '[2 3]', 'notice']);
  });

  test('whoever is left out is left out of the frame', async () => {
    await using served = await serving({
      handlers: {
        any: (x: number, ctx: Ctx) =>
          ctx.board({ boardId }).exceptSender().emit('cursor:move', { boardId, x }),
      },
    });
    const [ann, bob, cy] = [
      await member(served, 'ann'),
      await member(served, 'bob'),
      await member(served, 'cy'),
    ];
    const told = next(cy.socket, 'sockeye:batch');
    const mover = [...served.io.of('/notes').sockets.values()];
    for (const [index, x] of [1, 2, 3, 4].entries())
      mover[index % 2]!.conn.emit('data', `2/notes,["any",${x}]`);
    await told;
    await Promise.all([settled(ann.socket), settled(bob.socket)]);
    expect(cy.heard).toEqual(['1', '[2 3 4]']);
    expect(ann.heard.join(' ').match(/\d/g)).toEqual(['2', '4']);
    expect(bob.heard.join(' ').match(/\d/g)).toEqual(['1', '3']);
  });

  test('a connection that is not ready gets what there is when it is, of 1,200 the newest 1,000', async () => {
    await using served = await serving();
    const { socket, heard } = await member(served, 'ann');
    const { transport } = [...served.io.of('/notes').sockets.values()][0]!.conn;
    const ready = Object.getOwnPropertyDescriptor(transport, 'writable');
    Object.defineProperty(transport, 'writable', { value: false, configurable: true });
    move(served, ...Array.from({ length: 1_200 }, (_, index) => index));
    Object.defineProperty(transport, 'writable', ready ?? { value: true, writable: true });
    await next(socket, 'sockeye:batch');
    expect(heard[0]!.split(' ')).toHaveLength(1_000);
    expect(heard[0]).toMatch(/^\[200 .* 1199\]$/);
  });
});

describe('nobody else is sent a batch', () => {
  const cases: [name: string, change: Change, batches: boolean][] = [
    ['a client that does not say so', {}, false],
    ['a server that collects nothing', { volatileTickMs: 0 }, true],
  ];
  test.each(cases)('%s', async (_name, change, batches) => {
    await using served = await serving(change);
    const { socket, heard } = await member(served, 'ann', batches);
    for (const x of [1, 2, 3]) {
      move(served, x);
      await settled(socket);
    }
    expect(heard).toEqual(['1', '2', '3']);
  });

  test('other events are never collected', async () => {
    await using served = await serving();
    const { socket, heard } = await member(served, 'ann');
    move(served, 1);
    for (const text of ['a', 'b']) served.notes.all().emit('notice', { text });
    served.notes.all().volatile.emit('tick');
    await settled(socket);
    expect(heard).toEqual(['1', 'notice', 'notice']);
  });
});
