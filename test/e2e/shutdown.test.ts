import { memoryPresence } from '@sockeye/server';
import { expect, test } from 'vitest';
import type { DemoApps } from '../../server/app/demo-apps.ts';
import { memoryChat } from '../../server/app/stores/memory-chat.ts';
import { memoryStore } from '../../server/app/stores/memory.ts';
import type { Cluster } from '../../server/app/stores/redis-cluster.ts';
import { call, connect, phase, signIn, startReference } from './reference.ts';

/** A store whose list of tasks comes only when it is told to. */
function slowStore() {
  const store = memoryStore();
  let arrived = (): void => {};
  let answer = (): void => {};
  const asked = new Promise<void>((resolve) => (arrived = resolve));
  const told = new Promise<void>((resolve) => (answer = resolve));
  let closed = false;
  const tasks: typeof store.tasks = {
    ...store.tasks,
    list: async (workspaceId) => {
      arrived();
      await told;
      expect(closed).toBe(false);
      return store.tasks.list(workspaceId);
    },
  };
  const close = async () => {
    closed = true;
  };
  return { store: { ...store, tasks, close }, asked, answer };
}

test('a request that is under way is answered before the store closes', async () => {
  const { store, asked, answer } = slowStore();
  const app = await startReference({ store });
  const { accessToken: token } = await signIn(app, 'alice');
  const answered = call<{ tasks: unknown[] }>(app, 'GET /workspaces/ws_design/tasks', { token });
  await asked;
  const closed = app.close(10_000);
  await expect(fetch(`${app.url}/health`)).rejects.toThrow();
  answer();
  expect((await answered).body.tasks).toHaveLength(5);
  expect(await closed).toBe(true);
});

test('one that never ends is cut off when the budget is spent', async () => {
  const { store, asked } = slowStore();
  const app = await startReference({ store });
  const { accessToken: token } = await signIn(app, 'alice');
  const cut = call(app, 'GET /workspaces/ws_design/tasks', { token }).catch(() => 'cut');
  await asked;
  expect(await app.close(20)).toBe(false);
  expect(await cut).toBe('cut');
});

test('clients are told, builds are stopped, and closing twice is closing once', async () => {
  let stops = 0;
  const demoApps: DemoApps = {
    serve: (_request, _response, next) => next(),
    ready: async () => false,
    stop: () => void (stops += 1),
  };
  const app = await startReference({ demoApps });
  const { client, heard } = await connect(app, 'alice');
  const lost = phase(client, 'reconnecting');
  const [first, second] = await Promise.all([app.close(1_000), app.close(1_000)]);
  expect([first, second]).toEqual([true, true]);
  await lost;
  expect(heard.of('announcement')).toHaveLength(1);
  expect(stops).toBe(1);
});

test('a port that is taken leaves nothing open, also when a store does not close', async () => {
  const app = await startReference();
  const closed: string[] = [];
  const store = memoryStore();
  store.close = () => Promise.reject(new Error('The disk is full.'));
  const chatStore = memoryChat();
  chatStore.close = async () => void closed.push('chat');
  const cluster = { presence: memoryPresence(), close: async () => void closed.push('cluster') } as Cluster;
  const port = Number(new URL(app.url).port);
  const started = startReference({ store, chatStore, cluster, port });
  await expect(started).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(closed).toEqual(['chat', 'cluster']);
});
