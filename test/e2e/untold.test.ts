import { expect, test } from 'vitest';
import { memoryStore } from '../../server/app/stores/memory.ts';
import { call, clientOf, joined, phase, signIn, startReference } from './reference.ts';

test('a name that is too long for the contract is cut, and nothing is lost with it', async () => {
  const store = memoryStore();
  const app = await startReference({ store });
  const bob = await joined(app, 'bob');
  const alice = await store.users.get('u_alice');
  await store.users.put({ ...alice!, name: 'A'.repeat(81) });
  const { accessToken: token } = await signIn(app, 'alice');
  const client = clientOf(app, token);
  client.connect();
  await phase(client, 'connected');
  await client.workspace({ workspaceId: 'ws_design' }).join().ready;
  const body = { title: 'Draw a fish', assigneeId: 'u_bob' };
  const answer = await call(app, 'POST /workspaces/ws_design/tasks', { token, body });
  expect(answer.status).toBe(201);
  expect((await bob.heard.first('task:created')).task.title).toBe('Draw a fish');
  const { data } = await joined(app, 'carol');
  expect(data.users.map(({ id }) => id)).toEqual(['u_alice', 'u_bob', 'u_carol']);
  expect((await bob.heard.first('notification')).from?.name).toBe('A'.repeat(80));
});
