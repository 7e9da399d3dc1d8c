import { expect, test } from 'vitest';
import { call, connect, cutTransports, joined, phase, startReference } from './reference.ts';

test('tasks that were created while a client was away come when it is back, once and in order', async () => {
  const app = await startReference();
  const [alice, bob] = [await joined(app, 'alice'), await joined(app, 'bob')];
  const create = (title: string) =>
    call(app, 'POST /workspaces/ws_design/tasks', { token: bob.accessToken, body: { title } });
  await create('one');
  await alice.heard.first('task:created', ({ task }) => task.title === 'one');
  cutTransports(app);
  for (const title of ['two', 'three', 'four']) await create(title);
  await alice.heard.first('task:created', ({ task }) => task.title === 'four');
  expect(alice.heard.of('task:created').map(({ task }) => task.title)).toEqual([
    'one',
    'two',
    'three',
    'four',
  ]);
});

test('a notification for someone who is away is there on return', async () => {
  const app = await startReference();
  const carol = await connect(app, 'carol');
  const { accessToken: token } = await joined(app, 'alice');
  const assign = (title: string) =>
    call(app, 'POST /workspaces/ws_design/tasks', { token, body: { title, assigneeId: 'u_carol' } });
  await assign('first');
  await carol.heard.first('notification');
  for (const socket of app.io.sockets.sockets.values())
    if ((socket.data as { identity?: { id?: string } }).identity?.id === 'u_carol') socket.conn.close(true);
  await assign('second');
  await phase(carol.client, 'connected');
  await carol.heard.first('notification', ({ body }) => body === 'second');
  expect(carol.heard.of('notification').map(({ body }) => body)).toEqual(['first', 'second']);
});

test('a task whose event cannot be stored is not created', async () => {
  const app = await startReference();
  const alice = await joined(app, 'alice');
  const { store } = app;
  const before = await store.tasks.list('ws_design');
  app.collab.transaction = () => Promise.reject(new Error('the log is away'));
  const refused = await call(app, 'POST /workspaces/ws_design/tasks', {
    token: alice.accessToken,
    body: { title: 'torn' },
  });
  expect(refused.status).toBe(500);
  expect(await store.tasks.list('ws_design')).toEqual(before);
});
