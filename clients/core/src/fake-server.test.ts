import { failure, success } from '@sockeye/contract/wire';
import { describe, expect, test } from 'vitest';
import { fakeServer, type FakeHandlers } from './fake-server.ts';
import { createBoardClient, type BoardClient } from './testing/board-client.ts';
import { turn } from './testing/fake-clock.ts';
import { createLogClient, type LogClient } from './testing/log-client.ts';

const board = { boardId: 'b1' };
const card = { id: 'c1', text: 'Hello', createdAt: new Date(0) };
const joins: FakeHandlers = { 'board:join': () => ({ title: 'Wall' }) };

/** A connected client of a server with these handlers. */
async function connected(handlers: FakeHandlers = joins) {
  const server = fakeServer(handlers);
  const errors: unknown[] = [];
  const client: BoardClient = createBoardClient({
    auth: () => ({ token: 't' }),
    io: server.io,
    onError: (error) => errors.push(error),
  });
  client.connect();
  await turn();
  return { server, client, errors };
}

describe('a fake server', () => {
  test('accepts the handshake, and tells what it carried', async () => {
    const { server, client } = await connected();
    expect(client.connection.getSnapshot().phase).toBe('connected');
    expect(server.handshakes).toMatchObject([
      { token: 't', sockeye: { contract: 'board', version: '1.2.0' } },
    ]);
  });

  test('answers in application form', async () => {
    const { server, client } = await connected({
      ...joins,
      'card:add': ({ text }: { text: string }) => ({ ...card, text }),
    });
    expect(await client.board(board).join().ready).toEqual(success({ title: 'Wall' }));
    expect(await client.cardAdd({ ...board, text: 'Hi' })).toEqual(success({ ...card, text: 'Hi' }));
    expect(server.received).toEqual([
      { event: 'board:join', payload: board },
      { event: 'card:add', payload: { ...board, text: 'Hi' } },
    ]);
  });

  test('fails as the handler says, details in application form', async () => {
    const { client } = await connected({
      'card:add': (_payload, { fail }) => fail('BOARD_FULL', { limit: 3 }),
      ...joins,
    });
    client.board(board).join();
    expect(await client.cardAdd({ ...board, text: 'Hi' })).toMatchObject(
      failure({ code: 'BOARD_FULL', details: { limit: 3 } }),
    );
  });

  test('tells what a handler throws by INTERNAL, without a word of it', async () => {
    const { client } = await connected({
      ...joins,
      'board:join': () => {
        throw new Error('secret');
      },
    });
    const joined = await client.board(board).join().ready;
    expect(joined).toMatchObject(failure({ code: 'INTERNAL', message: 'Internal error.' }));
  });

  test.each([
    ['nobody answers', {}, 'The fake server has no handler for "board:join".'],
    [
      'is answered wrongly',
      { 'board:join': () => ({ title: 5 }) },
      /^The answer to "board:join" does not match the contract: /,
    ],
  ])('tells the test of a call that %s', async (_name, handlers, message) => {
    const mistakes: string[] = [];
    const server = fakeServer(handlers, { onMistake: (error) => mistakes.push(error.message) });
    const client: BoardClient = createBoardClient({ auth: () => ({ token: 't' }), io: server.io });
    client.connect();
    expect(await client.board(board).join().ready).toMatchObject(failure({ code: 'INTERNAL' }));
    expect(mistakes).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  test('refuses as a server does what is not allowed', async () => {
    const { server, client } = await connected();
    expect(await client.request('card:add', { ...board, text: 5 })).toMatchObject({ ok: false });
    expect(await client.cardAdd({ ...board, text: 'Hi' })).toMatchObject(failure({ code: 'NOT_IN_ROOM' }));
    expect(server.received).toMatchObject([{ event: 'card:add' }]);
  });

  test('answers as an existing wire does', async () => {
    const { client } = await connected({ legacy: () => 'pong', legacyPair: () => [1, 2] });
    expect(await client.request('legacy', { q: 'x' })).toEqual(success('pong'));
    expect(await client.request('legacyPair', { q: 'x' })).toEqual(success([1, 2]));
  });

  test('sends events to rooms that were joined, and to everyone', async () => {
    const { server, client } = await connected();
    const heard: unknown[] = [];
    const room = client.board(board);
    room.on('card:added', (payload) => heard.push(payload));
    client.on('notice', (payload) => heard.push(payload));
    await room.join().ready;
    server.emit('card:added', { card }, board);
    server.emit('notice', { text: 'Hi' });
    expect(heard).toEqual([{ card }, { text: 'Hi' }]);
  });

  test.each([
    ['an unknown event', 'card:aded', {}, {}, 'The contract has no server event "card:aded".'],
    ['a payload that does not fit', 'notice', { text: 5 }, {}, /^"notice" does not match the contract: /],
    [
      'a room that is not named',
      'card:added',
      { card },
      {},
      'Parameters of the room "board" are missing: boardId.',
    ],
    [
      'a room that nobody is in',
      'card:added',
      { card },
      board,
      '"card:added" has no receiver: no client is in "board:b1".',
    ],
  ])('does not send %s', async (_name, event, payload, params, message) => {
    const { server } = await connected();
    expect(() => server.emit(event, payload, params)).toThrow(message);
  });

  test('asks', async () => {
    const { server, client } = await connected();
    client.answerConfirm(() => ({ yes: true }));
    expect(await server.request('confirm', { question: 'Sure?' })).toEqual(success({ yes: true }));
  });

  test('refuses handshakes, and accepts them again', async () => {
    const { server, client } = await connected();
    server.refuse('UNAUTHENTICATED');
    client.reconnect();
    await turn();
    expect(client.connection.getSnapshot()).toMatchObject({
      phase: 'unauthorized',
      error: { code: 'UNAUTHENTICATED' },
    });
    server.refuse();
    client.reconnect();
    await turn();
    expect(client.connection.getSnapshot().phase).toBe('connected');
  });

  test('lets a client that refreshes its token in', async () => {
    const server = fakeServer(joins);
    server.refuse('TOKEN_EXPIRED');
    const client: BoardClient = createBoardClient({
      io: server.io,
      auth: ({ reason }) => {
        if (reason === 'expired') server.refuse();
        return { token: reason === 'expired' ? 'new' : 'old' };
      },
    });
    client.connect();
    expect(await client.board(board).join().ready).toMatchObject({ ok: true });
    expect(server.handshakes).toMatchObject([{ token: 'old' }, { token: 'new' }]);
  });

  test('cuts the connection: rooms are joined again after it', async () => {
    const { server, client } = await connected();
    await client.board(board).join().ready;
    server.cut();
    expect(client.connection.getSnapshot().phase).toBe('reconnecting');
    client.reconnect();
    await turn();
    expect(server.received.map(({ event }) => event)).toEqual(['board:join', 'board:join']);
  });
});

describe('state that a client keeps', () => {
  async function joined() {
    const server = fakeServer(joins);
    const client: LogClient = createLogClient({ auth: () => ({ token: 't' }), io: server.io });
    const room = client.board(board);
    client.connect();
    const { ready } = room.join();
    server.present('people', [{ id: 'ada' }], board);
    await ready;
    await turn();
    return { server, client, room };
  }

  test('who is present, told before the join and after it', async () => {
    const { server, room } = await joined();
    expect(room.people.getSnapshot()).toMatchObject({ users: [{ id: 'ada' }], stale: false });
    server.present('people', [{ id: 'ada' }, { id: 'bob' }], board);
    expect(room.people.getSnapshot().users).toEqual([{ id: 'ada' }, { id: 'bob' }]);
  });

  test('durable events, in order, over a cut as well', async () => {
    const { server, client, room } = await joined();
    server.emit('noted', { id: 'n1' }, board);
    server.cut();
    client.reconnect();
    await turn();
    server.emit('noted', { id: 'n2' }, board);
    server.emit('alert', { id: 'a1' }, { userId: 'ada' });
    expect(room.notes.getSnapshot().rows).toEqual([{ id: 'n1' }, { id: 'n2' }]);
  });
});
