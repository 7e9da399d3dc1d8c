import { describe, expect, test } from 'vitest';
import { boardId, member, move, serving } from './batches.fixture.ts';
import { next, settled, type Change, type Ctx } from './served.fixture.ts';

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

  test('nothing overtakes them within one turn, while the connection takes what came first', async () => {
    await using served = await serving({ volatileTickMs: 10_000 });
    const { socket, heard } = await member(served, 'ann');
    move(served, 1, 2, 3);
    served.notes.all().emit('notice', { text: 'between' });
    move(served, 4);
    await settled(socket);
    expect(heard).toEqual(['1', '[2 3]', 'notice', '4']);
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
