import { describe, expect, it } from 'vitest';
import { clientOf, inPhase, startBoard, until, watchedIo } from './board-server.ts';

const card = { id: 'c1', text: 'x', createdAt: '2026-01-02T03:04:05.000Z' };

/** A promise and the function that fulfils it. */
function deferred<Value = void>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((done) => (resolve = done));
  return { promise, resolve };
}

describe('over a real Socket.IO server', () => {
  it('events that the server sends in its connection handler are not missed', async () => {
    const server = await startBoard({
      greet: (socket) => {
        socket.emit('notice', { text: 'early' });
        socket.emit('card:added', { card }, { room: 'board:b1' });
      },
    });
    const client = clientOf(server);
    const seen: unknown[] = [];
    client.on('notice', (payload) => seen.push(payload));
    const added = new Promise((resolve) =>
      client.board({ boardId: 'b1' }).on('card:added', (...got) => resolve(got)),
    );
    client.connect();
    expect(await added).toEqual([
      { card: { ...card, createdAt: new Date(card.createdAt) } },
      { room: 'board:b1', replayed: false },
    ]);
    expect(seen).toEqual([{ text: 'early' }]);
  });

  it('2: one of two listeners of an event stops, the other goes on', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    client.connect();
    await inPhase(client, 'connected');
    const seen: unknown[] = [];
    const handler = (payload: unknown) => seen.push(payload);
    const stop = client.on('notice', handler);
    client.on('notice', handler);
    stop();
    const delivered = new Promise((resolve) => client.on('notice', resolve));
    server.connections[0]!.emit('notice', { text: 'x' });
    await delivered;
    expect(seen).toEqual([{ text: 'x' }]);
  });

  it('4: a room shown, hidden and shown again while connected is joined once', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    client.connect();
    await inPhase(client, 'connected');
    const room = client.board({ boardId: 'b1' });
    room.join().release();
    const lease = room.join();
    await lease.ready;
    lease.release();
    await room.join().ready;
    await client.request('ping');
    expect(server.log).toEqual(['board:join {"boardId":"b1"}', 'ping']);
  });

  it('8, 9: after a cut the server sees the join before anything that waited', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    const room = client.board({ boardId: 'b1' });
    await room.join().ready;
    server.cut();
    await inPhase(client, 'reconnecting');
    client.emit('card:pin', { boardId: 'b1' }, { whenOffline: 'queue' });
    const added = client.request('card:add', { boardId: 'b1', text: 'x' }, { whenOffline: 'queue' });
    client.emit('remind', { at: new Date(0) }, { whenOffline: 'queue' });
    expect(client.connection.getSnapshot().queued).toBe(3);
    expect(await added).toMatchObject({ ok: true });
    await server.arrived(5);
    expect(server.log.map((line) => line.split(' ')[0])).toEqual([
      'board:join',
      'board:join',
      'card:pin',
      'card:add',
      'remind',
    ]);
    expect(room.status.getSnapshot().phase).toBe('joined');
    expect(server.connections[1]!.rooms.has('board:b1')).toBe(true);
  });

  it('10: volatile events while the handshake is pending never arrive', async () => {
    const gate = deferred();
    const asked = deferred();
    const server = await startBoard({
      admit: () => {
        asked.resolve();
        return gate.promise;
      },
    });
    const { io, sockets } = watchedIo();
    const client = clientOf(server, { io });
    const lease = client.board({ boardId: 'b1' }).join();
    await asked.promise;
    const move = { boardId: 'b1', x: 1 };
    expect([1, 2, 3].map(() => client.cursorMove(move))).toEqual([false, false, false]);
    expect(client.emit('mood:set', { userId: 'u1' })).toBe(false);
    expect(sockets[0]!.sendBuffer).toEqual([]);
    gate.resolve();
    await lease.ready;
    expect(client.cursorMove({ ...move, x: 2 })).toBe(true);
    await client.request('ping');
    expect(server.log).toEqual(['board:join {"boardId":"b1"}', 'cursor:move {"boardId":"b1","x":2}', 'ping']);
  });

  it('11: a call that the server never answers ends with TIMEOUT', async () => {
    const server = await startBoard({ answer: (event) => event === 'ping' });
    const client = clientOf(server);
    client.connect();
    await inPhase(client, 'connected');
    const result = await client.request('ping', undefined, { timeoutMs: 20 });
    expect(result).toMatchObject({ ok: false, error: { code: 'TIMEOUT', retryable: true } });
  });

  it('11: a call under way when the connection is lost ends with DISCONNECTED at once', async () => {
    const server = await startBoard({ answer: (event) => event === 'ping' });
    const client = clientOf(server);
    client.connect();
    await inPhase(client, 'connected');
    const results = [
      client.request('ping', undefined, { timeoutMs: 60_000 }),
      client.request('ping', undefined, { timeoutMs: 60_000, whenOffline: 'queue' }),
    ];
    await server.arrived(2);
    server.cut();
    for (const result of await Promise.all(results)) {
      expect(result).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    }
    await inPhase(client, 'connected');
    expect(server.log).toEqual(['ping', 'ping']);
  });

  it('12: a call whose time is up while it waits is not sent later', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    const late = client.request('ping', undefined, { whenOffline: 'queue', timeoutMs: 1 });
    expect(await late).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } });
    client.connect();
    await inPhase(client, 'connected');
    await client.request('legacy', { q: 'x' });
    expect(server.log).toEqual(['legacy {"q":"x"}']);
  });

  it('a call is given up by its signal', async () => {
    const server = await startBoard({ answer: (event) => event === 'ping' });
    const client = clientOf(server);
    client.connect();
    await inPhase(client, 'connected');
    const abort = new AbortController();
    const result = client.request('ping', undefined, { signal: abort.signal });
    await server.arrived(1);
    abort.abort();
    expect(await result).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
  });

  it('32: a malformed event is dropped, reported and counted', async () => {
    const server = await startBoard();
    const reports: unknown[] = [];
    const client = clientOf(server, { onInvalid: (report) => reports.push(report) });
    client.connect();
    await inPhase(client, 'connected');
    const seen: unknown[] = [];
    client.on('card:added', (payload) => seen.push(payload));
    server.connections[0]!.emit('card:added', { card: { id: 7 } });
    await until(client.connection, ({ invalid }) => invalid === 1);
    expect(seen).toEqual([]);
    expect(reports).toMatchObject([
      { event: 'card:added', direction: 'inbound', excerpt: { card: { id: 'number' } } },
    ]);
  });

  it('the server’s questions are answered', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    client.answerConfirm(({ question }: { question: string }) => ({ yes: question === 'sure?' }));
    client.connect();
    await inPhase(client, 'connected');
    const ask = (event: string, payload: unknown): Promise<unknown> =>
      server.connections[0]!.timeout(2_000).emitWithAck(event, payload);
    expect(await ask('confirm', { question: 'sure?' })).toEqual({ ok: true, data: { yes: true } });
    expect(await ask('confirm', {})).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } });
    expect(await ask('unheard-of', {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
    expect(await ask('notice', { text: 'x' })).toEqual({ ok: true });
  });

  it('a room is left when the last share is gone', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    client.connect();
    const room = client.board({ boardId: 'b1' });
    const lease = room.join();
    await lease.ready;
    lease.release();
    await until(room.status, ({ phase }) => phase === 'left');
    await server.arrived(2);
    expect(server.log[1]).toBe('board:leave {"boardId":"b1"}');
  });

  it('five cuts in a row leave one connection, one membership and one listener', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    const room = client.board({ boardId: 'b1' });
    const seen: unknown[] = [];
    room.on('cursor:move', (payload) => seen.push(payload));
    await room.join().ready;
    for (let round = 0; round < 5; round++) {
      server.cut();
      await until(room.status, ({ phase }) => phase === 'waiting');
      await until(room.status, ({ phase }) => phase === 'joined');
    }
    const delivered = new Promise((resolve) => client.on('cursor:move', resolve));
    server.io.of('/board').to('board:b1').emit('cursor:move', { boardId: 'b1', x: 1 });
    await delivered;
    expect(seen).toEqual([{ boardId: 'b1', x: 1 }]);
    expect(server.io.engine.clientsCount).toBe(1);
    expect(server.log).toHaveLength(6);
  });
});
