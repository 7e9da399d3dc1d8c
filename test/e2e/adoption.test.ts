import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as plainIo, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { memoryLog } from '@sockeye/server/stores/memory';
import { createCollabServer } from '../../server/app/generated/collab.server.gen.ts';

/** An application as it was before: handlers in `connection`, and the contract beside it on the same server. */
async function startMixed() {
  const server = createServer();
  const io = new Server(server);
  const collab = createCollabServer(io, {
    authenticate: ({ token }) => ({ id: `u_${token}`, name: token, email: `${token}@example.com` }),
    eventLog: memoryLog(),
    authorize: { workspace: () => true, project: () => true },
    presence: {
      onlineUsers: ({ id, name }) => ({ id, name, presence: 'online', since: new Date() }),
    },
    handlers: {
      'workspace:join': () => ({ users: [] }),
      'workspace:leave': () => ({}),
      'user:typing': ({ workspaceId, taskId }, ctx) => {
        const { id: userId, name: userName } = ctx.identity;
        ctx
          .workspace({ workspaceId })
          .exceptSender()
          .emit('user:typing', { workspaceId, taskId, userId, userName });
      },
      'presence:update': () => ({}),
      'task:subscribe': () => ({ tasks: [] }),
      'task:unsubscribe': () => ({}),
      'cursor:move': () => undefined,
      'editing:start': () => undefined,
      'editing:stop': () => undefined,
    },
  });
  io.on('connection', (socket) => {
    socket.on('chat', (text: string, times: number, answer: (text: string) => void) =>
      answer(text.repeat(times)),
    );
    socket.on('whoami', (answer: (id: string) => void) =>
      answer((socket.data as { identity: { id: string } }).identity.id),
    );
    socket.on('shout', (text: string) => socket.broadcast.emit('shouted', text, { loud: true }));
    void socket.join('everybody');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => void (await io.close()));
  const { port } = server.address() as AddressInfo;
  const connect = async (token: string): Promise<Socket> => {
    const socket = plainIo(`http://127.0.0.1:${port}`, {
      auth: { token },
      transports: ['websocket'],
      forceNew: true,
    });
    onTestFinished(() => void socket.close());
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  };
  return { io, collab, connect };
}

test('events of before keep their wire: several arguments, a bare answer', async () => {
  const { connect } = await startMixed();
  const ada = await connect('ada');
  expect(await ada.emitWithAck('chat', 'ho', 3)).toBe('hohoho');
});

test('handlers of before know who is calling', async () => {
  const { connect } = await startMixed();
  const ada = await connect('ada');
  expect(await ada.emitWithAck('whoami')).toBe('u_ada');
});

test('events of the contract are validated on the same connection', async () => {
  const { connect } = await startMixed();
  const ada = await connect('ada');
  expect(await ada.emitWithAck('workspace:join', { workspaceId: 'ws_one' })).toEqual({
    ok: true,
    data: { users: [] },
  });
  expect(await ada.emitWithAck('workspace:join', { workspaceId: '' })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_PAYLOAD', issues: [{ path: ['workspaceId'] }, { path: ['workspaceId'] }] },
  });
  expect(await ada.emitWithAck('chat', 'still ', 1)).toBe('still ');
});

test('both kinds of broadcast reach the same people, each once', async () => {
  const { connect, io } = await startMixed();
  const [ada, bob] = [await connect('ada'), await connect('bob')];
  for (const socket of [ada, bob]) await socket.emitWithAck('workspace:join', { workspaceId: 'ws_one' });
  const heard: unknown[][] = [];
  bob.onAny((...args) => heard.push(args));
  const last = new Promise((resolve) => bob.once('last', resolve));
  // Typing is volatile: it would be lost behind a shout that is still on its way.
  ada.emit('user:typing', { workspaceId: 'ws_one', taskId: 'tsk_one' });
  ada.emit('shout', 'Hello');
  // An answered event behind the others: the server has dealt with them by then.
  await ada.emitWithAck('presence:update', { presence: 'busy' });
  io.to('everybody').emit('last');
  await last;
  expect(heard).toEqual([
    ['user:typing', { workspaceId: 'ws_one', taskId: 'tsk_one', userId: 'u_ada', userName: 'ada' }],
    ['shouted', 'Hello', { loud: true }],
    ['last'],
  ]);
});

test('what neither side knows is answered, what the other side knows is not answered twice', async () => {
  const { connect } = await startMixed();
  const ada = await connect('ada');
  expect(await ada.emitWithAck('nobody:knows', 1)).toMatchObject({
    ok: false,
    error: { code: 'UNKNOWN_EVENT' },
  });
  const answers: unknown[] = [];
  ada.emit('chat', 'once', 1, (answer: unknown) => answers.push(answer));
  await ada.emitWithAck('whoami');
  expect(answers).toEqual(['once']);
});
