import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Manager } from 'socket.io-client';
import { createChatClient } from '../../server/app/page/generated/chat.client.gen.ts';
import { createCollabClient } from '../../server/app/page/generated/collab.client.gen.ts';
import { createNotificationsClient } from '../../server/app/page/generated/notifications.client.gen.ts';
import { chatting, quick } from './chat-reference.ts';
import { call, phase, signIn, startReference, until } from './reference.ts';

test('the page is served with everything that it loads, and loads nothing else', async () => {
  const app = await startReference();
  const page = await call<string>(app, 'GET /plain/');
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  const script = (await call<string>(app, 'GET /plain/plain.js')).body;
  const imports = [...script.matchAll(/from '([^']+)'/g)].map(([, path]) => path);
  expect(imports).toEqual(['/socket.io/socket.io.esm.min.js']);
  const client = await call<string>(app, `GET ${imports[0]}`);
  expect([client.status, client.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/javascript/),
  ]);
  expect(page.body).not.toMatch(/<script(?![^>]*src=)|https?:\/\//);
  for (const path of ['/plain/secret', '/plain/../main.ts'])
    expect((await call(app, `GET ${path}`)).status).toBe(404);
});

test('its script mentions only events that the contracts have', async () => {
  const script = await readFile(new URL('../../server/app/plain/plain.js', import.meta.url), 'utf8');
  const named = [...script.matchAll(/'([a-z]+:[a-z]+)'/g)].map(([, event]) => event);
  expect(named).toEqual(['channel:join', 'message:new', 'workspace:join', 'message:send']);
});

test.each([
  ['WebSocket alone, the default', undefined, ['websocket']],
  ['polling alone', ['polling'], ['polling']],
  ['polling that is upgraded', ['polling', 'websocket'], ['polling', 'websocket']],
])('a generated client works over %s', async (_, transports, want) => {
  const app = await startReference();
  const used: string[] = [];
  app.io.engine.on(
    'connection',
    (connection: { transport: { name: string }; on(event: 'upgrade', done: () => void): void }) => {
      used.push(connection.transport.name);
      connection.on('upgrade', () => used.push(connection.transport.name));
    },
  );
  const bob = await chatting(app, 'bob', transports ? { socket: { transports } } : {});
  const joined = await bob.client.channel({ channelId: 'ch_general' }).join().ready;
  expect(joined.ok).toBe(true);
  for (let round = 0; used.length < want.length && round < 50; round++) {
    // An answered call is a round trip: the upgrade goes on meanwhile.
    await bob.client.channelList();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(used).toEqual(want);
  const text = 'Over whatever it takes';
  expect(await bob.client.messageSend({ channelId: 'ch_general', text })).toMatchObject({
    ok: true,
    data: { text },
  });
});

test('three contracts share one connection, each with its own handshake, and one may leave', async () => {
  const app = await startReference();
  const { accessToken: token } = await signIn(app, 'bob');
  const manager = new Manager(app.url, {
    autoConnect: false,
    transports: ['websocket'],
    reconnection: false,
  });
  const options = { auth: () => ({ token }), manager, ...quick };
  const collab = createCollabClient(options);
  const chat = createChatClient(options);
  const notifications = createNotificationsClient(options);
  onTestFinished(() => [collab, chat, notifications].forEach((client) => client.close()));
  for (const client of [collab, chat, notifications]) client.connect();
  await phase(collab, 'connected');
  await until(chat.connection, (state) => state.phase === 'connected');
  await until(notifications.unread, (unread) => unread === 0);
  expect(app.io.engine.clientsCount).toBe(1);
  chat.close();
  expect(await collab.presenceUpdate({ presence: 'away' })).toMatchObject({ ok: true });
  expect(app.io.engine.clientsCount).toBe(1);
  // The connection is lost for all of them, and comes back as one.
  for (const socket of app.io.sockets.sockets.values()) socket.conn.close();
  await phase(collab, 'reconnecting');
  await phase(collab, 'connected');
  await until(notifications.connection, (state) => state.phase === 'connected');
  expect(app.io.engine.clientsCount).toBe(1);
});

test('Socket.IO’s Admin UI is served where it is switched on, and nowhere else', async () => {
  for (const adminUi of [true, false]) {
    const app = await startReference({ adminUi });
    const { io } = await import('socket.io-client');
    const socket = io(`${app.url}/admin`, { transports: ['websocket'], forceNew: true, reconnection: false });
    onTestFinished(() => void socket.close());
    const answer = await new Promise((resolve) => {
      socket.on('connect', () => resolve('welcome'));
      socket.on('connect_error', (error) => resolve(error.message));
    });
    expect(answer).toBe(adminUi ? 'welcome' : 'Invalid namespace');
    const bob = await chatting(app, 'bob');
    expect(await bob.client.channelList()).toMatchObject({ ok: true });
  }
});
