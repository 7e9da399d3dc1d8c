import { ContractError } from '@sockeye/contract/wire';
import { describe, expect, test } from 'vitest';
import { grant, refuse } from './grant.ts';
import { next, serve, settled, table, type Change } from './served.fixture.ts';

const stamp = { contract: 'notes', version: '1.2.0', hash: 'abc' };

describe('a handshake', () => {
  const cases: [name: string, change: Change, auth: object, want: object | undefined][] = [
    ['no stamp', {}, { token: 'a' }, undefined],
    ['same stamp', {}, { token: 'a', sockeye: stamp }, undefined],
    [
      'older client',
      { requireContract: true },
      { token: 'a', sockeye: { ...stamp, version: '1.1.9', hash: 'x' } },
      undefined,
    ],
    [
      'newer client',
      {},
      { token: 'a', sockeye: { ...stamp, version: '1.3.0', hash: 'x' } },
      { code: 'CONTRACT_MISMATCH', client: { version: '1.3.0' }, server: stamp },
    ],
    [
      'other major',
      {},
      { token: 'a', sockeye: { ...stamp, version: '2.0.0', hash: 'x' } },
      { code: 'CONTRACT_MISMATCH' },
    ],
    [
      'other contract',
      {},
      { token: 'a', sockeye: { ...stamp, contract: 'x' } },
      { code: 'CONTRACT_MISMATCH', client: { contract: 'x' } },
    ],
    ['malformed stamp', {}, { token: 'a', sockeye: 'x' }, { code: 'CONTRACT_MISMATCH', server: stamp }],
    [
      'no stamp where it is required',
      { requireContract: true },
      { token: 'a' },
      { code: 'CONTRACT_MISMATCH' },
    ],
    ['wrong auth', {}, { token: 5 }, { code: 'UNAUTHENTICATED', issues: [{ path: ['token'] }] }],
    ['no auth', {}, {}, { code: 'UNAUTHENTICATED' }],
    [
      'deep auth',
      {},
      { token: 'a', x: JSON.parse('['.repeat(100) + ']'.repeat(100)) },
      { code: 'UNAUTHENTICATED' },
    ],
    [
      'refused',
      { authenticate: () => refuse('TOKEN_EXPIRED') },
      { token: 'a' },
      { code: 'TOKEN_EXPIRED', retryable: true },
    ],
    [
      'refused later',
      { authenticate: async () => refuse('UNAUTHENTICATED', 'no') },
      { token: 'a' },
      { code: 'UNAUTHENTICATED', message: 'no' },
    ],
    [
      'throws',
      {
        authenticate: () => {
          throw new Error('secret');
        },
      },
      { token: 'a' },
      { code: 'UNAUTHENTICATED' },
    ],
    [
      'throws a ContractError',
      {
        authenticate: async () => {
          throw new ContractError('UNAVAILABLE');
        },
      },
      { token: 'a' },
      { code: 'UNAVAILABLE' },
    ],
    [
      'wrong identity',
      { authenticate: () => ({ id: 5 }) },
      { token: 'a' },
      { code: 'INTERNAL', message: 'Internal error.' },
    ],
    [
      'never answers',
      { authenticate: () => new Promise(() => undefined), authenticateTimeoutMs: 10 },
      { token: 'a' },
      { code: 'TIMEOUT' },
    ],
    [
      'a grant',
      { authenticate: () => grant({ id: 'a', name: 'b' }, Date.now() + 60_000) },
      { token: 'a' },
      undefined,
    ],
    [
      'a grant far away',
      { authenticate: () => grant({ id: 'a', name: 'b' }, Number.MAX_SAFE_INTEGER) },
      { token: 'a' },
      undefined,
    ],
  ];
  test.each(cases)('%s', async (_name, change, auth, want) => {
    await using served = await serve(change);
    const error = await served.connect('', { auth }).then(
      () => undefined,
      (caught: { data: unknown }) => caught,
    );
    if (want === undefined) expect(error).toBeUndefined();
    else expect(error?.data).toMatchObject(want);
    expect(JSON.stringify(error?.data ?? '')).not.toContain('secret');
    expect(served.observations.at(-1)).toMatchObject({
      event: 'connect',
      outcome: (want as { code?: string } | undefined)?.code ?? 'ok',
    });
  });

  test('keeps nothing of the identity that the contract does not name', async () => {
    await using served = await serve({
      authenticate: ({ token }) => ({ id: token, name: 'n', passwordHash: 'x' }),
    });
    const socket = await served.connect('ann');
    expect(served.notes.namespace.sockets.get(socket.id!)!.data).toEqual({
      identity: { id: 'ann', name: 'n' },
    });
  });

  test('may take the identity from what a middleware before it found out', async () => {
    await using served = await serve({
      plain: (io) =>
        io.of(table.contract.namespace).use((socket, next) => {
          socket.data = { user: { id: 'u1', name: 'Ann' } };
          next();
        }),
      authenticate: (_auth, _handshake, data) => data.user,
    });
    const socket = await served.connect('ann');
    const user = { id: 'u1', name: 'Ann' };
    expect(served.notes.namespace.sockets.get(socket.id!)!.data).toEqual({ user, identity: user });
  });

  test('credentials that end: calls are told, then the connection ends', async () => {
    await using served = await serve({
      authenticate: ({ token }) => grant({ id: token, name: 'n' }, Date.now() + 100),
      expiryGraceMs: 100,
    });
    const socket = await served.connect('ann');
    await settled(socket);
    const gone = next(socket, 'disconnect');
    let answer: unknown;
    do answer = await socket.emitWithAck('ping');
    while ((answer as { ok: boolean }).ok);
    expect(answer).toMatchObject({ error: { code: 'TOKEN_EXPIRED' } });
    expect((await gone)[0]).toBe('io server disconnect');
  });
});

describe('hooks', () => {
  test('are told who, and can send', async () => {
    const seen: unknown[] = [];
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    await using served = await serve({
      onConnect: (ctx) => {
        seen.push(['connect', ctx.event, ctx.identity.id]);
        ctx.sender.emit('notice', { text: 'hi' });
      },
      onDisconnecting: ((ctx: { rawSocket: { rooms: Set<string> } }, reason: string) => {
        seen.push(['disconnecting', reason, ctx.rawSocket.rooms.has('user:ann')]);
        throw new Error('hook');
      }) as never,
      onDisconnect: async (_ctx: unknown, reason: string) => {
        seen.push(['disconnect', reason]);
        ended();
        throw new Error('hook');
      },
    });
    const connecting = served.connect('ann');
    const socket = await connecting;
    await settled(socket);
    socket.disconnect();
    await end;
    expect(seen).toEqual([
      ['connect', 'connect', 'ann'],
      ['disconnecting', 'client namespace disconnect', true],
      ['disconnect', 'client namespace disconnect'],
    ]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('x');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('x');
      },
    ],
    ['never ends', () => new Promise(() => undefined)],
  ])('a connection whose onConnect %s is ended', async (_name, onConnect) => {
    await using served = await serve({ onConnect, timeoutMs: 20 });
    const socket = await served.connect();
    if (socket.connected) await next(socket, 'disconnect');
    expect(socket.connected).toBe(false);
  });

  test('close by the transport is a loss of connection, after which a plain client comes back', async () => {
    await using served = await serve({});
    const socket = await served.connect();
    const gone = next(socket, 'disconnect');
    await served.notes.close({ cut: 'transport' });
    expect((await gone)[0]).toBe('transport close');
    expect(socket.active).toBe(true);
  });
});

describe('beside plain Socket.IO', () => {
  test('events of plain code are left alone, also on the same namespace', async () => {
    await using served = await serve({
      plain: (io) => {
        io.of('/notes').on('connection', (socket) => {
          socket.on('plain', (value: unknown, ack: (answer: unknown) => void) => ack({ plain: value }));
          socket.on(
            'late',
            (ack: (answer: unknown) => void) => void Promise.resolve().then(() => ack('late')),
          );
        });
        io.on('connection', (socket) => socket.on('hello', (ack: (answer: unknown) => void) => ack('hello')));
      },
    });
    const socket = await served.connect();
    expect(await socket.emitWithAck('plain', 1)).toEqual({ plain: 1 });
    expect(await socket.emitWithAck('late')).toBe('late');
    expect(await socket.emitWithAck('hello')).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
    expect(await socket.emitWithAck('ping')).toEqual({ ok: true, data: 'pong' });
    const root = await import('socket.io-client').then(({ io }) =>
      io(`http://127.0.0.1:${served.port}/`, { transports: ['websocket'], forceNew: true }),
    );
    expect(await root.emitWithAck('hello')).toBe('hello');
    root.disconnect();
  });

  test('unknown events can be left to onAny', async () => {
    await using served = await serve({
      unknownEvents: 'ignore',
      plain: (io) =>
        io.of('/notes').on('connection', (socket) => {
          socket.onAny((event: string, ...args: unknown[]) => {
            if (event === 'dyn') (args.at(-1) as (a: string) => void)('dyn');
          });
        }),
    });
    const socket = await served.connect();
    expect(await socket.emitWithAck('dyn')).toBe('dyn');
  });

  test('two contracts live in two namespaces of one server', async () => {
    await using served = await serve();
    const { defineServer } = await import('./define-server.ts');
    const other = {
      ...table,
      contract: { ...table.contract, contract: 'other', namespace: '/other' },
      clientToServer: { ping: table.clientToServer['ping']! },
    };
    defineServer<object, object>(other)(served.io, {
      authenticate: () => ({ id: 'o', name: 'o' }),
      authorize: {},
      handlers: { ping: () => 'pong' },
    });
    const [ann, bob] = [
      await served.connect('ann'),
      await import('socket.io-client').then(({ io }) =>
        io(`http://127.0.0.1:${served.port}/other`, {
          transports: ['websocket'],
          forceNew: true,
          auth: { token: 'x' },
        }),
      ),
    ];
    expect(await ann.emitWithAck('ping')).toEqual({ ok: true, data: 'pong' });
    expect(await bob.emitWithAck('ping')).toEqual({ ok: true, data: 'pong' });
    expect(await bob.emitWithAck('any', 1)).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
    bob.disconnect();
  });
});

describe('starting and stopping', () => {
  test('options that cannot work are refused at once, all of them', async () => {
    const { defineServer } = await import('./define-server.ts');
    const { Server } = await import('socket.io');
    const io = new Server();
    const create = defineServer<object, object>(table);
    expect(() => create(io, { handlers: { ping: () => 'pong', pong: () => 'x' } })).toThrow(
      /handlers\['board:join'\] is missing\..*handlers\['pong'\] matches no event.*authorize\.board is missing.*authenticate is missing/,
    );
    expect(io.of('/notes').listeners('connection')).toEqual([]);
  });

  test('one namespace does not handle an event twice', async () => {
    await using served = await serve();
    const { defineServer } = await import('./define-server.ts');
    expect(() =>
      defineServer<object, object>({ ...table, rooms: {}, clientToServer: { ping: { name: 'ping' } } })(
        served.io,
        { authenticate: () => 1, handlers: { ping: () => 1 } },
      ),
    ).toThrow(/another contract already handles ping/);
  });

  test('close refuses what is new, waits for what runs, then disconnects', async () => {
    let release: (value: unknown) => void = () => undefined;
    await using served = await serve({
      handlers: {
        any: () =>
          new Promise((resolve) => {
            release = resolve;
          }),
      },
    });
    const socket = await served.connect();
    const running = socket.emitWithAck('any', 1);
    await settled(socket);
    const closed = served.notes.close();
    expect(await socket.emitWithAck('ping')).toMatchObject({
      error: { code: 'UNAVAILABLE', retryable: true },
    });
    await expect(served.connect('bob')).rejects.toMatchObject({ data: { code: 'UNAVAILABLE' } });
    const gone = next(socket, 'disconnect');
    release('done');
    expect(await running).toEqual({ ok: true, data: 'done' });
    await closed;
    expect((await gone)[0]).toBe('io server disconnect');
  });

  test('close does not wait longer than it is told', async () => {
    await using served = await serve({ handlers: { any: () => new Promise(() => undefined) } });
    const socket = await served.connect();
    socket.emit('any', 1);
    await settled(socket);
    await served.notes.close({ timeoutMs: 5 });
    if (socket.connected) await next(socket, 'disconnect');
    expect(socket.connected).toBe(false);
  });

  test('close by the transport is a loss of connection, after which a plain client comes back', async () => {
    await using served = await serve({});
    const socket = await served.connect();
    const gone = next(socket, 'disconnect');
    await served.notes.close({ cut: 'transport' });
    expect((await gone)[0]).toBe('transport close');
    expect(socket.active).toBe(true);
  });
});
