import type { Socket } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import type { App } from '../../server/app/app.ts';
import { call, cutTransports, signIn, startReference } from './reference.ts';
// @ts-expect-error: plain JavaScript, as somebody without our types would write it.
import { plainClient } from './plain-client.js';

interface PlainClient {
  readonly socket: Socket;
  readonly frames: readonly { readonly event: string; readonly args: readonly unknown[] }[];
  readonly first: (event: string, wanted?: (...args: never[]) => boolean) => Promise<unknown[]>;
  readonly connected: Promise<void>;
  readonly ask: (event: string, payload: unknown) => Promise<unknown>;
  readonly close: () => void;
}

const tasks = '/workspaces/ws_design/tasks';
const here = { workspaceId: 'ws_design' };

async function connect(
  app: App,
  username: string,
  options = {},
): Promise<PlainClient & { readonly token: string }> {
  const { accessToken: token } = await signIn(app, username);
  const client = open(app, { token }, options);
  await client.connected;
  return { ...client, token };
}

function open(app: App, auth: object | undefined, options = {}): PlainClient {
  const client = plainClient(app.url, auth, options) as PlainClient;
  onTestFinished(() => client.close());
  return client;
}

test.each([['websocket'], ['polling']])('joins, types and hears of tasks over %s', async (transport) => {
  const app = await startReference();
  const alice = await connect(app, 'alice', { transports: [transport] });
  const bob = await connect(app, 'bob', { transports: [transport] });
  for (const client of [bob, alice])
    expect(await client.ask('workspace:join', here)).toMatchObject({ ok: true });
  const answer = await alice.ask('workspace:join', here);
  expect(answer).toEqual({
    ok: true,
    data: {
      users: [
        {
          id: 'u_alice',
          name: 'Alice Moreau',
          presence: 'online',
          since: expect.stringMatching(/^\d{4}-.*Z$/),
        },
        {
          id: 'u_bob',
          name: 'Bob Lindqvist',
          presence: 'online',
          since: expect.stringMatching(/^\d{4}-.*Z$/),
        },
      ],
    },
  });

  await call(app, `POST ${tasks}`, {
    token: alice.token,
    body: { title: 'Draw a fish', assigneeId: 'u_bob' },
  });
  const [created] = (await bob.first('task:created')) as [{ task: Record<string, unknown> }];
  expect(created.task).toMatchObject({ title: 'Draw a fish', createdAt: expect.stringMatching(/Z$/) });
  expect((await bob.first('notification'))[0]).toMatchObject({ kind: 'task-assigned', body: 'Draw a fish' });

  // Typing is volatile, and lost where a poll is just not open: one types more than one letter.
  const typing = bob.first('user:typing');
  for (let letter = 0; letter < 8 && !bob.frames.some(({ event }) => event === 'user:typing'); letter++) {
    alice.socket.emit('user:typing', { ...here, taskId: created.task['id'] });
    await alice.ask('workspace:join', here);
  }
  expect((await typing)[0]).toEqual({
    ...here,
    taskId: created.task['id'],
    userId: 'u_alice',
    userName: 'Alice Moreau',
  });

  expect(await alice.ask('presence:update', { presence: 'away' })).toEqual({ ok: true, data: {} });
  expect((await bob.first('presence:update'))[0]).toEqual({ ...here, userId: 'u_alice', presence: 'away' });

  expect(await alice.ask('workspace:leave', here)).toEqual({ ok: true, data: {} });
  await bob.first('online_users', ({ users }: { users: unknown[] }) => users.length === 1);
  expect(alice.frames.map(({ event }) => event)).not.toContain('notification');
  expect(alice.frames.map(({ event }) => event)).not.toContain('user:typing');
});

test.each<[string, object | undefined, object]>([
  ['no auth at all', undefined, {}],
  ['a forged token', { token: 'a.b.c' }, {}],
  ['a token that is no text', { token: { $ne: '' } }, {}],
])('is refused with %s, and told why', async (_, auth, options) => {
  const app = await startReference();
  const error = (await open(app, auth, options).connected.catch((refused: unknown) => refused)) as {
    data: { code: string };
  };
  expect(['UNAUTHENTICATED', 'INVALID_PAYLOAD']).toContain(error.data.code);
});

test.each([['websocket'], ['polling']])(
  'of another site’s page is turned away over %s',
  async (transport) => {
    const app = await startReference({ origins: ['https://app.example'] });
    const { accessToken: token } = await signIn(app, 'alice');
    const from = (origin: string) =>
      open(app, { token }, { transports: [transport], extraHeaders: { origin }, reconnection: false })
        .connected;
    await expect(from('https://evil.example')).rejects.toThrow(/websocket error|xhr poll error/);
    await from('https://app.example');
    await from(app.url);
  },
);

test('may bring its token in a header', async () => {
  const app = await startReference();
  const { accessToken } = await signIn(app, 'alice');
  const alice = open(app, {}, { extraHeaders: { authorization: `Bearer ${accessToken}` } });
  await alice.connected;
  expect(await alice.ask('workspace:join', here)).toMatchObject({ ok: true });
});

test('is told in the answer what is wrong with a call', async () => {
  const app = await startReference();
  const alice = await connect(app, 'alice');
  const code = async (event: string, payload: unknown) =>
    ((await alice.ask(event, payload)) as { error?: { code: string } }).error?.code;
  expect(await code('workspace:join', { workspaceId: 'ws_books' })).toBe('FORBIDDEN');
  expect(await code('workspace:join', { workspaceId: 7 })).toBe('INVALID_PAYLOAD');
  expect(await code('workspace:join', undefined)).toBe('INVALID_PAYLOAD');
  expect(await code('presence:update', { presence: 'asleep' })).toBe('INVALID_PAYLOAD');
  expect(await code('user:typing', { ...here, taskId: 'tsk_design_1' })).toBe('NOT_IN_ROOM');
  expect(await code('task:drop', {})).toBe('UNKNOWN_EVENT');
});

test('comes back after the transport is cut, and joins again itself', async () => {
  const app = await startReference();
  const alice = await connect(app, 'alice');
  alice.socket.on('connect', () => alice.socket.emit('workspace:join', here));
  const again = new Promise<void>((resolve) => alice.socket.once('connect', resolve));
  cutTransports(app);
  alice.socket.emit('presence:update', { presence: 'busy' });
  await again;
  await alice.first('online_users');
  await call(app, `POST ${tasks}`, { token: alice.token, body: { title: 'After the cut' } });
  await alice.first('task:created');
});

test('is sent away when its user signs out', async () => {
  const app = await startReference();
  const { accessToken, refreshToken } = await signIn(app, 'alice');
  const alice = open(app, { token: accessToken });
  await alice.connected;
  const reason = new Promise((resolve) => alice.socket.once('disconnect', resolve));
  await call(app, 'POST /auth/logout', { body: { refreshToken } });
  expect(await reason).toBe('io server disconnect');
});
