import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refuse } from '@sockeye/server';
import { Server } from 'socket.io';
import { Manager, io as plainIo } from 'socket.io-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createBoardClient, type BoardClient } from '../golden/board/out/board.client.gen.ts';
import {
  createBoardServer,
  type BoardContext,
  type BoardServer,
  type BoardServerOptions,
} from '../golden/board/out/board.server.gen.ts';
import { until } from './reference.ts';

const [one, two] = [{ boardId: 'one' }, { boardId: 'two' }];
const people = ['ann', 'bob', 'cid', 'dan'] as const;
const boards = { ann: [one], bob: [one, two], cid: [two], dan: [] } as const;
type Person = (typeof people)[number];

async function start(options: Partial<BoardServerOptions> = {}) {
  const http = createServer();
  const io = new Server(http);
  let act: ((ctx: BoardContext) => void) | undefined;
  const server = createBoardServer(io, {
    authenticate: ({ token }) => ({ id: token, name: token }),
    authorize: { board: () => true },
    handlers: {
      'board:join': () => ({ cards: [] }),
      'card:add': (_, ctx) => ctx.fail('UNAVAILABLE'),
      'cursor:move': () => undefined,
      ping: (_, ctx) => {
        act?.(ctx);
        return 'pong' as const;
      },
    },
    ...options,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => void (await io.close()));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const open = (token: string): BoardClient => {
    const backoff = { minMs: 5, maxMs: 10 };
    const client = createBoardClient({ url, auth: () => ({ token }), backoff, lingerMs: 0 });
    onTestFinished(() => client.close());
    return client;
  };
  return { io, server, url, open, from: (next: (ctx: BoardContext) => void) => (act = next) };
}

/** Four people, two boards: what each of them hears is noted by name of the event. */
async function crowd() {
  const { server, open, from, url } = await start();
  const heard: Record<Person, string[]> = { ann: [], bob: [], cid: [], dan: [] };
  const ids: Partial<Record<Person, string>> = {};
  const clients = {} as Record<Person, BoardClient>;
  let elsewhere = 0;
  const outsider = plainIo(url, { transports: ['websocket'], forceNew: true });
  onTestFinished(() => void outsider.close());
  outsider.onAny(() => (elsewhere += 1));
  for (const person of people) {
    const client = (clients[person] = open(person));
    client.on('notice', ({ text }) => heard[person].push(text));
    client.on('card:added', ({ card }) => heard[person].push(card.text));
    client.on('cursor:move', ({ userId }) => heard[person].push(userId));
    client.answer('confirm', ({ question }) => ({ yes: question.includes(person) }));
    client.connect();
    await until(client.connection, ({ phase }) => phase === 'connected');
    for (const board of boards[person]) await client.board(board).join().ready;
    for (const [id, socket] of server.namespace.sockets)
      if ((socket.data as { identity: { id: string } }).identity.id === person) ids[person] = id;
  }
  const settle = async () => {
    const end = randomUUID();
    const all = people.map(
      (person) =>
        new Promise<void>((resolve) => {
          const stop = clients[person].on('notice', ({ text }) => {
            if (text !== end) return;
            stop();
            resolve();
          });
        }),
    );
    server.all().emit('notice', { text: end });
    await Promise.all(all);
    for (const person of people) heard[person] = heard[person].filter((text) => text !== end);
    expect(elsewhere).toBe(0);
  };
  return { server, url, clients, heard, ids: ids as Record<Person, string>, settle, from };
}

type Crowd = Awaited<ReturnType<typeof crowd>>;
const notice = { text: 'x' };
const card = { card: { id: randomUUID(), text: 'x', colour: 'blue' as const, createdAt: new Date(0) } };
const cursor = { boardId: 'one', userId: 'x', x: 1, y: 1 };

/** From the server: where to, how, and who hears it. */
const fromServer: [string, (server: BoardServer, ids: Crowd['ids']) => void, readonly Person[]][] = [
  ['everyone in the namespace', (server) => server.all().emit('notice', notice), people],
  ['everyone, volatile', (server) => server.all().volatile.emit('notice', notice), people],
  [
    'everyone but one',
    (server, { ann }) => server.all().except(ann).emit('notice', notice),
    ['bob', 'cid', 'dan'],
  ],
  [
    'everyone but a room',
    (server) => server.all().except('board:one').emit('notice', notice),
    ['cid', 'dan'],
  ],
  ['a room', (server) => server.board(one).emit('card:added', card), ['ann', 'bob']],
  ['a room, volatile', (server) => server.board(one).emit('cursor:move', cursor), ['ann', 'bob']],
  [
    'several rooms, each once',
    (server) => server.board(one, two).emit('card:added', card),
    ['ann', 'bob', 'cid'],
  ],
  ['a room but another', (server) => server.board(one).except('board:two').emit('card:added', card), ['ann']],
  ['one of a room', (server, { bob }) => server.board(one).only(bob).emit('card:added', card), ['bob']],
  [
    'one who is not in the room',
    (server, { dan }) => server.board(one).only(dan).emit('card:added', card),
    [],
  ],
  ['an empty room', (server) => server.board({ boardId: 'empty' }).emit('card:added', card), []],
  ['a socket by its id', (server, { cid }) => server.socket(cid).emit('notice', notice), ['cid']],
  [
    'a socket by its id, volatile',
    (server, { cid }) => server.socket(cid).volatile.emit('notice', notice),
    ['cid'],
  ],
  ['a socket that is gone', (server) => server.socket('gone').emit('notice', notice), []],
];

/** From a handler that ann called. */
const fromHandler: [string, (ctx: BoardContext, ids: Crowd['ids']) => void, readonly Person[]][] = [
  ['the sender', (ctx) => ctx.sender.emit('notice', notice), ['ann']],
  ['everyone', (ctx) => ctx.all().emit('notice', notice), people],
  [
    'everyone but the sender',
    (ctx) => ctx.all().exceptSender().emit('notice', notice),
    ['bob', 'cid', 'dan'],
  ],
  ['a room', (ctx) => ctx.board(one).emit('card:added', card), ['ann', 'bob']],
  ['a room but the sender', (ctx) => ctx.board(one).exceptSender().emit('card:added', card), ['bob']],
  [
    'several rooms but the sender',
    (ctx) => ctx.board(one, two).exceptSender().emit('card:added', card),
    ['bob', 'cid'],
  ],
  [
    'a room but the sender, volatile',
    (ctx) => ctx.board(one).exceptSender().volatile.emit('cursor:move', cursor),
    ['bob'],
  ],
  ['another socket by its id', (ctx, { dan }) => ctx.socket(dan).emit('notice', notice), ['dan']],
];

describe('targets', () => {
  test.each(fromServer)('the server reaches %s', async (_, send, want) => {
    const { server, heard, ids, settle } = await crowd();
    await settle();
    send(server, ids);
    await settle();
    expect(people.filter((person) => heard[person].length > 0)).toEqual(want);
    expect(Object.values(heard).flat()).toEqual(want.map(() => 'x'));
  });

  test.each(fromHandler)('a handler reaches %s', async (_, send, want) => {
    const { clients, heard, ids, settle, from } = await crowd();
    await settle();
    from((ctx) => send(ctx, ids));
    await clients.ann.ping();
    await settle();
    expect(people.filter((person) => heard[person].length > 0)).toEqual(want);
    expect(Object.values(heard).flat()).toEqual(want.map(() => 'x'));
  });

  test('one connection answers, and many', async () => {
    const { server, ids } = await crowd();
    const question = { question: 'ann or bob?' };
    expect(await server.socket(ids.ann).request('confirm', question)).toEqual({
      ok: true,
      data: { yes: true },
    });
    expect(await server.socket('gone').request('confirm', question)).toMatchObject({ ok: false });
    const answers = await server.all().request('confirm', question);
    expect(answers.map((answer) => answer.ok && answer.data.yes).sort()).toEqual([false, false, true, true]);
    const but = await server.all().except(ids.ann, 'board:two').request('confirm', question);
    expect(but).toEqual([{ ok: true, data: { yes: false } }]);
  });

  test('whoever does not answer in time is left out, and alone is told so', async () => {
    const { server, url } = await crowd();
    const mute = plainIo(`${url}/board`, {
      auth: { token: 'mute' },
      transports: ['websocket'],
      forceNew: true,
    });
    onTestFinished(() => void mute.close());
    await new Promise<void>((resolve) => mute.on('connect', resolve));
    const question = { question: 'bob?' };
    const answers = await server.all().request('confirm', question, { timeoutMs: 150 });
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    const alone = await server.socket(mute.id ?? '').request('confirm', question, { timeoutMs: 50 });
    expect(alone).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } });
  });
});

describe('built-in events', () => {
  test('connection, disconnecting while in its rooms, disconnect with the reason', async () => {
    const seen: unknown[] = [];
    const rooms = (ctx: BoardContext) =>
      [...ctx.rawSocket.rooms].filter((room) => room !== ctx.rawSocket.id).sort();
    let ended!: () => void;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const { open } = await start({
      onConnect: (ctx) => void seen.push(['connection', ctx.event, ctx.identity.name, rooms(ctx)]),
      onDisconnecting: (ctx, reason) => void seen.push(['disconnecting', ctx.event, reason, rooms(ctx)]),
      onDisconnect: (ctx, reason) => {
        seen.push(['disconnect', ctx.event, reason, rooms(ctx)]);
        ended();
      },
    });
    const ann = open('ann');
    ann.connect();
    await ann.board(one).join().ready;
    ann.close();
    await end;
    expect(seen).toEqual([
      ['connection', 'connect', 'ann', ['user:ann']],
      ['disconnecting', 'disconnecting', 'client namespace disconnect', ['board:one', 'user:ann']],
      ['disconnect', 'disconnect', 'client namespace disconnect', []],
    ]);
  });

  test('connect, and connect_error with its code', async () => {
    const { open } = await start({
      authenticate: ({ token }) =>
        token === 'eve' ? refuse('FORBIDDEN', 'Not you.') : { id: token, name: token },
    });
    const [ann, eve] = [open('ann'), open('eve')];
    for (const client of [ann, eve]) client.connect();
    await until(ann.connection, ({ phase }) => phase === 'connected');
    expect(await until(eve.connection, ({ phase }) => phase === 'unauthorized')).toMatchObject({
      attempt: 1,
      error: { code: 'FORBIDDEN', message: 'Not you.' },
    });
  });

  test('a lost connection, its reason, and each attempt to get it back', async () => {
    let open_ = true;
    const { open, server } = await start({
      authenticate: ({ token }) => (open_ ? { id: token, name: token } : refuse('UNAVAILABLE')),
    });
    const ann = open('ann');
    const attempts: number[] = [];
    ann.connection.subscribe(() => {
      const { phase, attempt } = ann.connection.getSnapshot();
      if (phase === 'reconnecting' && attempts.at(-1) !== attempt) attempts.push(attempt);
    });
    ann.connect();
    await until(ann.connection, ({ phase }) => phase === 'connected');
    open_ = false;
    for (const socket of server.namespace.sockets.values()) socket.conn.close();
    const waiting = await until(ann.connection, ({ attempt }) => attempt === 3);
    expect(waiting).toMatchObject({ phase: 'reconnecting', error: { code: 'UNAVAILABLE', retryable: true } });
    open_ = true;
    expect(await until(ann.connection, ({ phase }) => phase === 'connected')).toMatchObject({ attempt: 0 });
    expect(attempts.slice(-3)).toEqual([...attempts.slice(-3)].sort((a, b) => a - b));
    expect(attempts).toContain(3);
  });

  test('namespaces share one connection, and each keeps its own life', async () => {
    const { url, io } = await start();
    const manager = new Manager(url, { autoConnect: false, transports: ['websocket'], reconnection: false });
    const board = createBoardClient({ auth: () => ({ token: 'ann' }), manager, lingerMs: 0 });
    const plain = manager.socket('/');
    onTestFinished(() => void (board.close(), plain.close()));
    board.connect();
    plain.connect();
    await until(board.connection, ({ phase }) => phase === 'connected');
    await until(
      {
        getSnapshot: () => plain.connected,
        subscribe: (look) => (plain.on('connect', look), () => undefined),
      },
      Boolean,
    );
    expect(io.engine.clientsCount).toBe(1);
    board.close();
    expect(plain.connected).toBe(true);
  });
});
