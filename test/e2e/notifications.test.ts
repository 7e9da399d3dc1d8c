import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { memoryInbox } from '../../server/app/stores/memory-inbox.ts';
import { chatting, inChannel, notified } from './chat-reference.ts';
import { call, signIn, startReference, until } from './reference.ts';

const tasks = '/workspaces/ws_design/tasks';
interface Listed {
  readonly notifications: readonly { readonly id: string; readonly readAt: string | null }[];
  readonly unread: number;
  readonly more: boolean;
}
interface Paged {
  readonly notifications: readonly { readonly title: string }[];
  readonly next: string | null;
}

describe('stored notifications', () => {
  test('wait for a user who is away: a task and a mention, the newest first', async () => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'alice');
    await call(app, `POST ${tasks}`, { token, body: { title: 'Draw a fish', assigneeId: 'u_bob' } });
    const alice = await inChannel(app, 'alice');
    await alice.client.messageSend({
      channelId: 'ch_general',
      text: 'Look, @Bob. And @bob! Not me@alice, @nobody.',
    });
    const bob = await notified(app, 'bob');
    const listed = await bob.client.notificationList({});
    if (!listed.ok) throw new Error(listed.error.code);
    expect(listed.data).toEqual({
      notifications: [
        expect.objectContaining({
          kind: 'mention',
          title: 'Alice Moreau mentioned you',
          channelId: 'ch_general',
        }),
        expect.objectContaining({ kind: 'task-assigned', body: 'Draw a fish', readAt: null }),
      ],
      unread: 2,
      more: false,
    });
    expect(bob.client.unread.getSnapshot()).toBe(2);
  });

  test('keep every tab of one user in step, and no other user’s', async () => {
    const app = await startReference();
    const load = { projections: { inbox: { load: () => [] } } };
    const [here, there] = [await notified(app, 'bob', load), await notified(app, 'bob', load)];
    const carol = await notified(app, 'carol');
    const { accessToken: token } = await signIn(app, 'alice');
    const assign = (title: string) =>
      call(app, `POST ${tasks}`, { token, body: { title, assigneeId: 'u_bob' } });
    for (const { client } of [here, there]) client.inbox.subscribe(() => undefined);
    await assign('One');
    await assign('Two');
    const rows = await until(there.client.inbox, ({ rows }) => rows.length === 2);
    await until(there.client.unread, (unread) => unread === 2);
    const id = rows.rows[0]!.id;
    expect(await here.client.notificationRead({ ids: [id] })).toEqual({ ok: true, data: { unread: 1 } });
    await until(there.client.unread, (unread) => unread === 1);
    await until(
      there.client.inbox,
      (inbox) => inbox.rows.find((row) => row.id === id)?.readAt instanceof Date,
    );
    expect(await here.client.notificationReadAll()).toEqual({ ok: true, data: { unread: 0 } });
    await until(there.client.inbox, (inbox) => inbox.rows.every(({ readAt }) => readAt !== null));
    expect(carol.client.unread.getSnapshot()).toBe(0);
  });

  test('are listed and marked over REST, and open tabs hear of it', async () => {
    const app = await startReference();
    const { accessToken: alice } = await signIn(app, 'alice');
    for (const title of ['One', 'Two', 'Three'])
      await call(app, `POST ${tasks}`, { token: alice, body: { title, assigneeId: 'u_bob' } });
    const bob = await notified(app, 'bob');
    const token = bob.accessToken;
    const list = async (query = '') =>
      (await call<Listed>(app, `GET /notifications${query}`, { token })).body;
    const all = await list();
    expect([all.notifications.length, all.unread, all.more]).toEqual([3, 3, false]);
    const [newest, middle, oldest] = all.notifications.map(({ id }) => id);
    expect((await list(`?limit=1&before=${newest}`)).notifications.map(({ id }) => id)).toEqual([middle]);
    const read = await call(app, `POST /notifications/${oldest}/read`, { token });
    expect(read.body).toEqual({ unread: 2 });
    await until(bob.client.unread, (unread) => unread === 2);
    expect((await list()).notifications.at(-1)?.readAt).toMatch(/^\d{4}-.*Z$/);
    expect((await call(app, 'POST /notifications/read-all', { token })).body).toEqual({ unread: 0 });
    await until(bob.client.unread, (unread) => unread === 0);
    expect((await call<Listed>(app, 'GET /notifications', { token: alice })).body.notifications).toEqual([]);
  });

  test('are paged back over REST to the very first, beyond one page', async () => {
    const inboxStore = memoryInbox();
    const app = await startReference({ inboxStore });
    const from = { id: 'u_alice', name: 'Alice' };
    for (let n = 1; n <= 120; n += 1) {
      const item = { id: randomUUID(), kind: 'mention', title: `Number ${n}`, body: '', from } as const;
      await inboxStore.add({}, 'u_bob', { ...item, createdAt: new Date(), readAt: null });
    }
    const { accessToken: token } = await signIn(app, 'bob');
    const seen: string[] = [];
    for (let query = ''; ;) {
      const { body } = await call<Paged>(app, `GET /notifications${query}`, { token });
      seen.push(...body.notifications.map(({ title }) => title));
      if (body.next === null) break;
      query = `?before=${body.next}`;
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => `Number ${120 - n}`));
  });

  test.each([
    ['GET /notifications', 401],
    ['GET /notifications?limit=0', 400],
    ['GET /notifications?before=1', 400],
    ['POST /notifications/1/read', 400],
  ])('%s ends with %i', async (route, status) => {
    const app = await startReference();
    const { accessToken } = await signIn(app, 'bob');
    const token = status === 401 ? {} : { token: accessToken };
    expect((await call(app, route, token)).status).toBe(status);
  });

  test('are not made by mentioning oneself or somebody who is not there', async () => {
    const app = await startReference();
    const alice = await inChannel(app, 'alice', 'ch_launch');
    await alice.client.messageSend({ channelId: 'ch_launch', text: '@alice @carol' });
    for (const name of ['alice', 'carol']) {
      const { client } = await notified(app, name);
      expect(client.unread.getSnapshot()).toBe(0);
    }
  });
});

test('whoever is disabled is refused with a code of its own, everywhere, and at once', async () => {
  const app = await startReference();
  const { accessToken: token } = await signIn(app, 'alice');
  const bob = await chatting(app, 'bob');
  const ended = until(bob.client.connection, ({ phase }) => phase === 'unauthorized');
  const disable = (disabled: boolean) => call(app, 'POST /ops/users/u_bob', { token, body: { disabled } });
  expect((await disable(true)).body).toMatchObject({ user: { id: 'u_bob', disabled: true } });
  await ended;
  const login = () => call(app, 'POST /auth/login', { body: { username: 'bob', password: 'sockeye-demo' } });
  expect(await login()).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
  await disable(false);
  expect((await login()).status).toBe(200);
});

test('a handshake tells an unknown user from a disabled one', async () => {
  const app = await startReference();
  const { accessToken: bob } = await signIn(app, 'bob');
  const code = async () => {
    const answers = await Promise.all(
      ['', 'chat', 'notifications'].map((namespace) => refusal(`${app.url}/${namespace}`, bob)),
    );
    return [...new Set(answers)];
  };
  const user = (await app.store.users.get('u_bob'))!;
  await app.store.users.put({ ...user, disabled: true });
  expect(await code()).toEqual(['FORBIDDEN']);
  await app.store.users.put(user);
  expect(await code()).toEqual(['welcome']);
  app.store.users.get = async () => undefined;
  expect(await code()).toEqual(['UNAUTHENTICATED']);
});

/** Code of the error that a plain client is refused with. */
async function refusal(url: string, token: string): Promise<string> {
  const { io } = await import('socket.io-client');
  const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
  try {
    return await new Promise<string>((resolve) => {
      socket.on('connect', () => resolve('welcome'));
      socket.on('connect_error', (error) =>
        resolve((error as { data?: { code?: string } }).data?.code ?? 'none'),
      );
    });
  } finally {
    socket.close();
  }
}
