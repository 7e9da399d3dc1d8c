import { stampVerdict } from '@sockeye/contract/wire';
import { describe, expect, it } from 'vitest';
import { clientOf, inPhase, managerOf, refusal, startBoard, watchedIo } from './board-server.ts';

describe('over a real Socket.IO server', () => {
  it('3: two leases in one StrictMode mount make one connection', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    client.connect().release();
    client.connect();
    await inPhase(client, 'connected');
    await client.request('ping');
    expect([server.connections.length, server.io.engine.clientsCount]).toEqual([1, 1]);
  });

  it('the handshake carries auth, as the contract has it, and the stamp', async () => {
    const server = await startBoard();
    const client = clientOf(server, { auth: () => ({ token: 't', password: 'stripped' }) });
    client.connect();
    await inPhase(client, 'connected');
    expect(server.connections[0]!.handshake.auth).toEqual({
      token: 't',
      sockeye: { contract: 'board', version: '1.2.0', hash: 'beef', batches: true },
    });
    expect(server.connections[0]!.conn.transport.name).toBe('websocket');
  });

  it('13: an expired token is refreshed once, and the connection stands', async () => {
    const reasons: string[] = [];
    const server = await startBoard({
      admit: ({ token }) => {
        if (token !== 'expired') throw refusal('TOKEN_EXPIRED');
      },
    });
    const client = clientOf(server, {
      auth: ({ reason }) => {
        reasons.push(reason);
        return { token: reason };
      },
    });
    client.connect();
    await inPhase(client, 'connected');
    expect(reasons).toEqual(['connect', 'expired']);
  });

  it('13: a fresh token refused as well is unauthorized, until reconnect()', async () => {
    let open = false;
    const server = await startBoard({
      admit: () => {
        if (!open) throw refusal('TOKEN_EXPIRED');
      },
    });
    const client = clientOf(server);
    client.connect();
    const { error } = await inPhase(client, 'unauthorized');
    expect(error?.code).toBe('TOKEN_EXPIRED');
    open = true;
    client.reconnect();
    await inPhase(client, 'connected');
  });

  it('a plain refusal without a code is unauthorized', async () => {
    const server = await startBoard({
      admit: () => {
        throw new Error('who are you');
      },
    });
    const client = clientOf(server);
    client.connect();
    expect((await inPhase(client, 'unauthorized')).error).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'who are you',
    });
  });

  it('a refusal for now is tried again', async () => {
    let refusals = 2;
    const server = await startBoard({
      admit: () => {
        if (refusals-- > 0) throw refusal('UNAVAILABLE');
      },
    });
    const client = clientOf(server);
    client.connect();
    await inPhase(client, 'connected');
    expect(refusals).toBe(-1);
  });

  it('14: a rejecting auth neither hangs nor reaches the server', async () => {
    let calls = 0;
    const server = await startBoard();
    const client = clientOf(server, {
      auth: () => (++calls < 3 ? Promise.reject(new Error('no network')) : { token: 't' }),
    });
    client.connect();
    await inPhase(client, 'connected');
    expect([calls, server.connections.length]).toEqual([3, 1]);
  });

  it('15: a session that the server ends is resumed with a new token, rooms included', async () => {
    const server = await startBoard({
      admit: ({ token }) => {
        if (token === 'old' && server.connections.length > 0) throw refusal('TOKEN_EXPIRED');
      },
    });
    const client = clientOf(server, {
      auth: ({ reason }) => ({ token: reason === 'expired' ? 'new' : 'old' }),
    });
    await client.board({ boardId: 'b1' }).join().ready;
    server.connections[0]!.disconnect();
    await server.arrived(2);
    expect(server.connections[1]!.handshake.auth).toMatchObject({ token: 'new' });
    expect(server.log).toEqual(['board:join {"boardId":"b1"}', 'board:join {"boardId":"b1"}']);
  });

  it('a disconnect by the server is followed by a new connection', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    client.connect();
    await inPhase(client, 'connected');
    server.connections[0]!.disconnect(true);
    expect((await inPhase(client, 'reconnecting')).error?.message).toMatch(/server|transport/);
    await inPhase(client, 'connected');
    expect(server.connections).toHaveLength(2);
  });

  it('a server that is not there yet is waited for', async () => {
    const server = await startBoard();
    let there = false;
    server.io.engine.opts.allowRequest = (_, answer) => answer(null, there);
    const client = clientOf(server);
    client.connect();
    const { error } = await new Promise<{ error?: { code: string } }>((resolve) => {
      const stop = client.connection.subscribe(() => {
        const now = client.connection.getSnapshot();
        if (now.attempt < 2) return;
        stop();
        resolve(now);
      });
    });
    expect(error?.code).toBe('UNAVAILABLE');
    there = true;
    await inPhase(client, 'connected');
  });

  it('31: two versions of a contract meet as incompatible, with both versions', async () => {
    const stamp = { contract: 'board', version: '1.0.0', hash: 'cafe' };
    const server = await startBoard({
      admit: ({ sockeye }) => {
        if (stampVerdict(sockeye, stamp) !== 'same') {
          throw refusal('CONTRACT_MISMATCH', { client: sockeye, server: stamp });
        }
      },
    });
    const client = clientOf(server);
    client.connect();
    const { error } = await inPhase(client, 'incompatible');
    expect(error).toMatchObject({
      code: 'CONTRACT_MISMATCH',
      details: { client: { version: '1.2.0' }, server: { version: '1.0.0' } },
    });
  });

  it('the last release disconnects after lingerMs', async () => {
    const server = await startBoard();
    const client = clientOf(server);
    const lease = client.connect();
    await inPhase(client, 'connected');
    const gone = new Promise((resolve) => server.connections[0]!.on('disconnect', resolve));
    lease.release();
    expect(await gone).toBe('client namespace disconnect');
    await inPhase(client, 'idle');
  });

  it('27: after close() nothing of the first user reaches the connection of the second', async () => {
    const server = await startBoard();
    const first = clientOf(server, { auth: () => ({ token: 'first' }) });
    await first.board({ boardId: 'secret' }).join().ready;
    server.cut();
    await inPhase(first, 'reconnecting');
    const queued = first.request('card:add', { boardId: 'secret', text: 'x' }, { whenOffline: 'queue' });
    first.close();
    expect(await queued).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    const second = clientOf(server, { auth: () => ({ token: 'second' }) });
    second.connect();
    await inPhase(second, 'connected');
    await second.request('ping');
    expect(server.log).toEqual(['board:join {"boardId":"secret"}', 'ping']);
    expect(server.connections.at(-1)!.handshake.auth).toMatchObject({ token: 'second' });
  });

  it('a manager is shared by clients of several namespaces, and reconnects for both', async () => {
    const server = await startBoard();
    server.io.of('/board/two');
    const manager = managerOf(server);
    const client = clientOf(server, { manager });
    const other = manager.socket('/board/two');
    other.connect();
    client.connect();
    await inPhase(client, 'connected');
    expect(server.io.engine.clientsCount).toBe(1);
    server.cut();
    await inPhase(client, 'reconnecting');
    await inPhase(client, 'connected');
    await client.request('ping');
    expect([server.connections.length, server.log]).toEqual([2, ['ping']]);
    client.close();
    expect(manager.socket('/board').listenersAny()).toEqual([]);
    manager._close();
  });

  it('a manager’s namespace taken over by the next client asks that client’s auth', async () => {
    const server = await startBoard();
    const manager = managerOf(server);
    const first = clientOf(server, { manager, auth: () => ({ token: 'first' }) });
    first.connect();
    await inPhase(first, 'connected');
    first.close();
    const second = clientOf(server, { manager, auth: () => ({ token: 'second' }) });
    second.connect();
    await inPhase(second, 'connected');
    expect(server.connections.map(({ handshake }) => handshake.auth['token'])).toEqual(['first', 'second']);
  });

  it('1: fifty mounts and unmounts leave one raw listener, and one call per event', async () => {
    const server = await startBoard();
    const { io, sockets } = watchedIo();
    const client = clientOf(server, { io });
    client.connect();
    await inPhase(client, 'connected');
    const raw = () => [sockets[0]!.listenersAny().length, sockets[0]!.listeners('notice').length];
    const before = raw();
    let calls = 0;
    for (let mount = 0; mount < 50; mount++) client.on('notice', () => calls++)();
    const delivered = new Promise((resolve) => client.on('notice', resolve));
    client.on('notice', () => calls++);
    server.connections[0]!.emit('notice', { text: 'x' });
    await delivered;
    expect([raw(), calls]).toEqual([before, 1]);
  });
});
