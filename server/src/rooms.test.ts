import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { next, serve, settled, type Ctx } from './served.fixture.ts';

const b1 = { boardId: 'b1' };
const b2 = { boardId: 'b2' };
const card = { id: 'c', text: 't', at: new Date(0), secret: 1 };
const wireCard = { id: 'c', text: 't', at: '1970-01-01T00:00:00.000Z' };

describe('joining', () => {
  test('puts into the room who is authorised', async () => {
    const asked: unknown[] = [];
    await using served = await serve({
      authorize: (ctx, params) => {
        asked.push([ctx.identity.id, params]);
        return true;
      },
    });
    const socket = await served.connect('ann');
    expect(await socket.emitWithAck('board:join', { ...b1, more: 1 })).toEqual({
      ok: true,
      data: { cards: 0 },
    });
    expect(asked).toEqual([['ann', b1]]);
    expect(rooms(served, socket.id)).toEqual(['board:b1', 'user:ann']);
  });

  const refusals: [name: string, authorize: (ctx: Ctx) => unknown, want: object][] = [
    ['false', () => false, { code: 'FORBIDDEN', details: { room: 'board:b1' } }],
    ['promised false', async () => false, { code: 'FORBIDDEN', details: { room: 'board:b1' } }],
    ['truthy but not true', () => 1, { code: 'FORBIDDEN' }],
    ['failure', (ctx) => ctx.fail('UNAVAILABLE'), { code: 'UNAVAILABLE', retryable: true }],
    [
      'throw',
      () => {
        throw new Error('db');
      },
      { code: 'INTERNAL' },
    ],
    [
      'reject',
      async () => {
        throw new Error('db');
      },
      { code: 'INTERNAL' },
    ],
  ];
  test.each(refusals)('refuses on %s', async (_name, authorize, want) => {
    await using served = await serve({ authorize });
    const socket = await served.connect();
    expect(await socket.emitWithAck('board:join', b1)).toMatchObject({ ok: false, error: want });
    expect(rooms(served, socket.id)).toEqual(['user:ann']);
  });

  test('is undone when the handler fails, unless the socket was in before', async () => {
    let works = false;
    await using served = await serve({
      handlers: { 'board:join': (_p, ctx) => (works ? { cards: 1 } : ctx.fail('CONFLICT')) },
    });
    const socket = await served.connect();
    await socket.emitWithAck('board:join', b1);
    expect(rooms(served, socket.id)).toEqual(['user:ann']);
    works = true;
    await socket.emitWithAck('board:join', b1);
    works = false;
    await socket.emitWithAck('board:join', b1);
    expect(rooms(served, socket.id)).toEqual(['board:b1', 'user:ann']);
  });

  test('who is not allowed in any more does not stay in', async () => {
    let allowed = true;
    await using served = await serve({ authorize: () => allowed });
    const socket = await served.connect();
    await socket.emitWithAck('board:join', b1);
    allowed = false;
    expect(await socket.emitWithAck('board:join', b1)).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(rooms(served, socket.id)).toEqual(['user:ann']);
  });

  test('calls about a room wait for the call that is entering it', async () => {
    let open: (allowed: boolean) => void = () => undefined;
    let asked = 0;
    await using served = await serve({
      authorize: () =>
        asked++ === 0
          ? new Promise<boolean>((resolve) => {
              open = resolve;
            })
          : false,
    });
    const socket = await served.connect();
    const joining = socket.emitWithAck('board:join', b1);
    const adding = socket.emitWithAck('card:add', { ...b1, text: 'x' });
    const leaving = socket.emitWithAck('board:leave', b1);
    const again = socket.emitWithAck('board:join', b1);
    await settled(socket);
    open(true);
    expect(await joining).toMatchObject({ ok: true });
    expect(await adding).toMatchObject({ ok: true });
    expect(await leaving).toMatchObject({ ok: true });
    expect(await again).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(rooms(served, socket.id)).toEqual(['user:ann']);
  });

  test('rooms are limited', async () => {
    await using served = await serve({ maxRooms: 2 });
    const socket = await served.connect();
    expect(await socket.emitWithAck('board:join', b1)).toMatchObject({ ok: true });
    expect(await socket.emitWithAck('board:join', b2)).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(await socket.emitWithAck('board:join', b1)).toMatchObject({ ok: true });
  });

  test('leaving', async () => {
    await using served = await serve();
    const socket = await served.connect();
    await socket.emitWithAck('board:join', b1);
    expect(await socket.emitWithAck('board:leave', b1)).toEqual({ ok: true, data: {} });
    expect(await socket.emitWithAck('card:add', { ...b1, text: 'x' })).toMatchObject({
      error: { code: 'NOT_IN_ROOM' },
    });
  });
});

describe('sending', () => {
  test('to a room: stripped, encoded, told which room', async () => {
    await using served = await serve();
    const [ann, bob, eve] = [
      await served.connect('ann'),
      await served.connect('bob'),
      await served.connect('eve'),
    ];
    await Promise.all([
      ann.emitWithAck('board:join', b1),
      bob.emitWithAck('board:join', b2),
      eve.emitWithAck('board:join', b1),
      eve.emitWithAck('board:join', b2),
    ]);
    const heard = listen([ann, bob, eve], 'card:added');
    served.notes.board(b1, b2).emit('card:added', { card });
    await Promise.all([ann, bob, eve].map(settled));
    expect(heard).toEqual([
      [[{ card: wireCard }, { room: 'board:b1' }]],
      [[{ card: wireCard }, { room: 'board:b2' }]],
      [[{ card: wireCard }, { room: 'board:b1' }]],
    ]);
  });

  test('to a room that the payload names: no metadata, no contradiction', async () => {
    await using served = await serve();
    const ann = await served.connect('ann');
    await ann.emitWithAck('board:join', b1);
    const heard = next(ann, 'cursor:move');
    served.notes.board(b1).emit('cursor:move', { ...b1, x: 1 });
    expect(await heard).toEqual([{ ...b1, x: 1 }]);
    expect(() => served.notes.board(b2).emit('cursor:move', { ...b1, x: 1 })).toThrow(
      /names the room "board:b1", but the target is "board:b2"/,
    );
    expect(() => served.notes.board(b1, b2).emit('cursor:move', { ...b1, x: 1 })).toThrow(
      /the target is "board:b2"/,
    );
  });

  test('to everyone, to all but some, to one of a room, to one', async () => {
    await using served = await serve();
    const sockets = [
      await served.connect('ann'),
      await served.connect('ann'),
      await served.connect('bob'),
    ] as const;
    const [ann1, ann2, bob] = sockets;
    const heard = listen(sockets, 'notice');
    served.notes.all().emit('notice', { text: 'all' });
    served.notes.all().except(ann1.id!, 'user:bob').emit('notice', { text: 'except' });
    served.notes.socket(bob.id!).emit('notice', { text: 'one' });
    served.notes.socket('user:ann').emit('notice', { text: 'nobody' });
    served.notes.socket('unknown').emit('notice', { text: 'nobody' });
    await Promise.all(sockets.map(settled));
    const text = (words: string) => words.split(' ').map((word) => [{ text: word }]);
    expect(heard).toEqual([text('all'), text('all except'), text('all one')]);
    await ann2.emitWithAck('board:join', b1);
    const cards = listen(sockets, 'card:added');
    served.notes.board(b1).only(ann2.id!).emit('card:added', { card });
    served.notes.board(b1).only(bob.id!).emit('card:added', { card });
    await Promise.all(sockets.map(settled));
    expect(cards.map(({ length }) => length)).toEqual([0, 1, 0]);
  });

  test('from a handler, without the sender', async () => {
    await using served = await serve({
      handlers: {
        any: (_p, ctx) => {
          ctx
            .board(b1)
            .exceptSender()
            .volatile.emit('cursor:move', { ...b1, x: 7 });
          ctx.sender.emit('notice', { text: 'you' });
          ctx.all().exceptSender().emit('notice', { text: 'others' });
        },
      },
    });
    const [ann, bob] = [await served.connect('ann'), await served.connect('bob')];
    await Promise.all([ann.emitWithAck('board:join', b1), bob.emitWithAck('board:join', b1)]);
    const heard = [listen([ann, bob], 'cursor:move'), listen([ann, bob], 'notice')];
    await ann.emitWithAck('any', 1);
    await Promise.all([settled(ann), settled(bob)]);
    expect(heard).toEqual([
      [[], [[{ ...b1, x: 7 }]]],
      [[[{ text: 'you' }]], [[{ text: 'others' }]]],
    ]);
  });

  test('without a payload and with positional arguments', async () => {
    await using served = await serve();
    const ann = await served.connect();
    const both = Promise.all([next(ann, 'tick'), next(ann, 'legacy')]);
    served.notes.all().emit('tick');
    served.notes.all().emit('legacy', ['a', 1]);
    expect(await both).toEqual([[], ['a', 1]]);
  });

  const mistakes: [
    name: string,
    mistake: (served: Awaited<ReturnType<typeof serve>>) => void,
    want: RegExp,
  ][] = [
    [
      'wrong payload',
      ({ notes }) => notes.all().emit('notice', { text: 1 }),
      /event "notice" does not match the contract: text: /,
    ],
    [
      'wrong nested payload',
      ({ notes }) => notes.board(b1).emit('card:added', { card: { id: 'x' } }),
      /card\.text: .*; card\.at: /,
    ],
    [
      'invalid date',
      ({ notes }) => notes.board(b1).emit('card:added', { card: { ...card, at: new Date(Number.NaN) } }),
      /event "card:added" does not match/,
    ],
    ['unknown event', ({ notes }) => notes.all().emit('nope', {}), /no server event "nope"/],
    ['inherited name', ({ notes }) => notes.all().emit('toString', {}), /no server event "toString"/],
    [
      'wrong room',
      ({ notes }) => notes.user({ userId: 'a' }).emit('card:added', { card }),
      /can only be sent to a room "board", not to a room "user"/,
    ],
    [
      'room event to everyone',
      ({ notes }) => notes.all().emit('card:added', { card }),
      /can only be sent to a room "board", not to everyone/,
    ],
    [
      'wrong parameters',
      ({ notes }) => notes.board({} as never),
      /parameters of room "board" are missing or invalid\. It needs: boardId/,
    ],
  ];
  test.each(mistakes)('a mistake is an error: %s', async (_name, mistake, want) => {
    await using served = await serve();
    expect(() => mistake(served)).toThrow(want);
  });

  test('leave and disconnect', async () => {
    await using served = await serve();
    const [ann, bob] = [await served.connect('ann'), await served.connect('bob')];
    await Promise.all([ann.emitWithAck('board:join', b1), bob.emitWithAck('board:join', b1)]);
    served.notes.board(b1).only(ann.id!).leave();
    expect(rooms(served, ann.id)).toEqual(['user:ann']);
    const gone = next(bob, 'disconnect');
    served.notes.board(b1).disconnect();
    expect((await gone)[0]).toBe('io server disconnect');
    expect(ann.connected).toBe(true);
  });
});

describe('asking', () => {
  test('one: every way it can end', async () => {
    await using served = await serve();
    const ann = await served.connect('ann');
    const id = ann.id!;
    const ask = (timeoutMs = 1_000) =>
      served.notes.socket(id).request('confirm', { question: 'Sure?' }, { timeoutMs });
    const replies: [reply: unknown[], want: object][] = [
      [[{ ok: true, data: { yes: true, more: 1 } }], { ok: true, data: { yes: true } }],
      [
        [{ ok: true, data: { yes: 1 } }],
        { error: { code: 'INVALID_RESPONSE', issues: [{ path: ['yes'] }] } },
      ],
      [
        [{ ok: false, error: { code: 'FORBIDDEN', message: 'no' } }],
        { ok: false, error: { code: 'FORBIDDEN', message: 'no' } },
      ],
      [[null], { error: { code: 'INVALID_RESPONSE' } }],
      [[], { error: { code: 'INVALID_RESPONSE' } }],
      [['yes'], { error: { code: 'INVALID_RESPONSE' } }],
      [[{ ok: false, error: 'x' }], { error: { code: 'INVALID_RESPONSE' } }],
      [[JSON.parse('['.repeat(100) + ']'.repeat(100))], { error: { code: 'INVALID_RESPONSE' } }],
    ];
    for (const [reply, want] of replies) {
      ann.once('confirm', (...args: unknown[]) => (args.at(-1) as (...a: unknown[]) => void)(...reply));
      expect(await ask()).toMatchObject(want);
    }
    expect(await ask(10)).toMatchObject({ error: { code: 'TIMEOUT' } });
    const pending = ask();
    ann.disconnect();
    expect(await pending).toMatchObject({ error: { code: 'DISCONNECTED' } });
    expect(await ask()).toMatchObject({ error: { code: 'DISCONNECTED' } });
    await expect(served.notes.all().request('notice', { text: 'x' })).rejects.toThrow(/has no ack/);
  });

  test('many', async () => {
    await using served = await serve();
    const sockets = [await served.connect('ann'), await served.connect('bob')];
    for (const [index, socket] of sockets.entries()) {
      socket.on('confirm', (_q: unknown, ack: (answer: unknown) => void) =>
        ack(index === 0 ? { ok: true, data: { yes: true } } : 'junk'),
      );
    }
    const results = (await served.notes.all().request('confirm', { question: '?' })) as { ok: boolean }[];
    expect(results.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(
      await served.notes
        .all()
        .except(...sockets.map(({ id }) => id!))
        .request('confirm', { question: '?' }),
    ).toEqual([]);
  });
});

test('asking several rooms tells each its name, and nobody twice', async () => {
  await using served = await serve();
  const [ann, bob] = [await served.connect('ann'), await served.connect('bob')];
  await Promise.all([
    ann.emitWithAck('board:join', b1),
    bob.emitWithAck('board:join', b1),
    bob.emitWithAck('board:join', b2),
  ]);
  for (const socket of [ann, bob]) {
    socket.on('vote', (_payload: unknown, meta: { room: string }, ack: (answer: unknown) => void) =>
      ack({ ok: true, data: meta.room }),
    );
  }
  expect(await served.notes.board(b2, b1).request('vote', { on: 'x' })).toEqual([
    { ok: true, data: 'board:b2' },
    { ok: true, data: 'board:b1' },
  ]);
});

test('no room is nobody, not everyone', async () => {
  await using served = await serve();
  const ann = await served.connect('ann');
  const heard = listen([ann], 'card:added');
  served.notes.board().emit('card:added', { card });
  served.notes.board().disconnect();
  await settled(ann);
  expect(heard).toEqual([[]]);
});

function rooms({ notes }: Awaited<ReturnType<typeof serve>>, id: string | undefined): string[] {
  return [...notes.namespace.sockets.get(id!)!.rooms].filter((name) => name !== id).toSorted();
}

function listen(sockets: readonly Socket[], event: string): unknown[][][] {
  return sockets.map((socket) => {
    const heard: unknown[][] = [];
    socket.on(event, (...args: unknown[]) => heard.push(args));
    return heard;
  });
}
