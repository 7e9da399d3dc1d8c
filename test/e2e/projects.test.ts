import { expect, test } from 'vitest';
import { aliceAndBob, call, connect, joined, settled, startReference } from './reference.ts';

const tasks = '/workspaces/ws_design/tasks';
const brand = { workspaceId: 'ws_design', projectId: 'prj_brand' };

test('whoever follows a project hears of its tasks, with or without the workspace open', async () => {
  const app = await startReference();
  const [alice, bob, carol] = [
    await connect(app, 'alice'),
    await connect(app, 'bob'),
    await connect(app, 'carol'),
  ];
  const first = await alice.client.project(brand).join().ready;
  if (!first.ok) throw new Error(first.error.code);
  expect(first.data.tasks.map(({ id }) => id)).toEqual(['tsk_design_1', 'tsk_design_5']);
  await bob.client.project({ ...brand, projectId: 'prj_board' }).join().ready;

  const token = carol.accessToken;
  const body = { title: 'Draw a fish', projectId: 'prj_brand' };
  const created = await call<{ task: { id: string } }>(app, `POST ${tasks}`, { token, body });
  const path = `${tasks}/${created.body.task.id}`;
  await call(app, `PATCH ${path}`, { token, body: { status: 'done' } });
  await call(app, `DELETE ${path}`, { token });
  await call(app, `POST ${tasks}`, { token, body: { title: 'Of no project' } });
  await settled(app, alice.heard, bob.heard);
  expect(alice.heard.of('task:activity').map(({ what, title, by }) => [what, title, by.name])).toEqual([
    ['created', 'Draw a fish', 'Carol Adeyemi'],
    ['updated', 'Draw a fish', 'Carol Adeyemi'],
    ['deleted', 'Draw a fish', 'Carol Adeyemi'],
  ]);
  expect(bob.heard.of('task:activity')).toEqual([]);
});

test('nothing comes after unsubscribing', async () => {
  const app = await startReference();
  const alice = await connect(app, 'alice', { lingerMs: 0 });
  const lease = alice.client.project(brand).join();
  await lease.ready;
  lease.release();
  await alice.client.presenceUpdate({ presence: 'away' });
  await call(app, `PATCH ${tasks}/tsk_design_1`, { token: alice.accessToken, body: { status: 'todo' } });
  await settled(app, alice.heard);
  expect(alice.heard.of('task:activity')).toEqual([]);
});

test.each([
  ['of a workspace that one is no member of', 'alice', { workspaceId: 'ws_books', projectId: 'prj_brand' }],
  ['of another workspace', 'alice', { workspaceId: 'ws_launch', projectId: 'prj_brand' }],
  ['that does not exist', 'alice', { workspaceId: 'ws_design', projectId: 'prj_nowhere' }],
])('a project %s cannot be followed', async (_, username, project) => {
  const app = await startReference();
  const member = await connect(app, username);
  expect(await member.client.project(project).join().ready).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  });
});

test('a task cannot be part of a project of another workspace', async () => {
  const app = await startReference();
  const { accessToken: token } = await connect(app, 'alice');
  const body = { title: 'Draw a fish', projectId: 'prj_brand' };
  expect((await call(app, 'POST /workspaces/ws_launch/tasks', { token, body })).status).toBe(400);
});

test('the others hear who has come, once a person and not once a tab', async () => {
  const app = await startReference();
  const bob = await joined(app, 'bob');
  await joined(app, 'alice');
  expect((await bob.heard.first('presence:online', ({ user }) => user.id === 'u_alice')).user).toMatchObject({
    name: 'Alice Moreau',
    since: expect.any(Date),
  });
  await joined(app, 'alice');
  await settled(app, bob.heard);
  expect(bob.heard.of('presence:online').filter(({ user }) => user.id === 'u_alice')).toHaveLength(1);
});

test('an open editor is shown to the others, with the name that the server knows', async () => {
  const app = await startReference();
  const [alice, bob] = await aliceAndBob(app);
  const task = { workspaceId: 'ws_design', taskId: 'tsk_design_1' };
  alice.client.editingStart(task);
  expect(await bob.heard.first('editing:start')).toEqual({
    ...task,
    userId: 'u_alice',
    userName: 'Alice Moreau',
  });
  alice.client.editingStop(task);
  expect(await bob.heard.first('editing:stop')).toEqual({ ...task, userId: 'u_alice' });
  await settled(app, alice.heard);
  expect(alice.heard.of('editing:start')).toEqual([]);
});
