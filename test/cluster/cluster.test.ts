import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../../server/app/app.ts';
import { createProxy } from '../../server/app/cluster/proxy.ts';
import { memoryStore } from '../../server/app/stores/memory.ts';
import { redisCluster } from '../../server/app/stores/redis-cluster.ts';
import type { Store } from '../../server/app/stores/store.ts';
import { call, joined, phase, signIn, startReference, until } from '../e2e/reference.ts';
import { until as eventually } from '../presence/office.ts';
import { describeWith, redis } from '../services.ts';
import { startRedis, type RedisServer } from '../store/redis-server.ts';

describeWith(redis(), 'the reference server on several nodes', (program) => {
  const start = async (nodes: number) => {
    const server = await startRedis(program);
    onTestFinished(() => server[Symbol.asyncDispose]());
    const store: Store = { ...memoryStore(), close: async () => undefined };
    const apps: App[] = [];
    for (let index = 0; index < nodes; index += 1) apps.push(await node(server, store));
    return { server, store, apps };
  };
  const node = (server: RedisServer, store: Store): Promise<App> =>
    startReference({
      store,
      cluster: redisCluster(server.url, pino({ enabled: false })),
      presence: { graceMs: 1_000, tickMs: 20 },
    });
  const proxyOf = async (nodes: () => readonly string[]): Promise<App> => {
    const proxy = createProxy(nodes);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    onTestFinished(() => proxy.close());
    return { url: `http://127.0.0.1:${(proxy.server.address() as AddressInfo).port}` } as App;
  };

  it('carries events of HTTP, rooms and presence from each node to all', async () => {
    const { apps } = await start(2);
    const [first, second] = apps as [App, App];
    const alice = await joined(first, 'alice');
    const bob = await joined(second, 'bob');
    await until(alice.room.onlineUsers, ({ users }) => users.length === 2);
    await until(bob.room.onlineUsers, ({ users }) => users.length === 2);
    const { status } = await call(second, 'POST /workspaces/ws_design/tasks', {
      token: bob.accessToken,
      body: { title: 'From the other node' },
    });
    expect(status).toBe(201);
    expect(await alice.heard.first('task:created')).toMatchObject({ task: { title: 'From the other node' } });
    expect(await bob.client.presenceUpdate({ presence: 'busy' })).toEqual({ ok: true, data: {} });
    expect(await alice.heard.first('presence:update')).toMatchObject({ presence: 'busy' });
    await until(alice.room.onlineUsers, ({ users }) => users.some(({ presence }) => presence === 'busy'));
    expect(
      bob.heard.of('presence:online').filter(({ user }) => user.id === 'u_bob').length,
    ).toBeLessThanOrEqual(1);
  });

  it('ends a session on every node', async () => {
    const { apps } = await start(2);
    const [first, second] = apps as [App, App];
    const bob = await joined(second, 'bob');
    await call(first, 'POST /auth/logout', {
      token: bob.accessToken,
      body: { refreshToken: bob.refreshToken },
    });
    await phase(bob.client, 'unauthorized');
  });

  it('goes on without Redis and says so, and is whole again after', async () => {
    const { apps, server } = await start(2);
    const [first, second] = apps as [App, App];
    const alice = await joined(first, 'alice');
    const carol = await joined(first, 'carol');
    const bob = await joined(second, 'bob');
    await until(alice.room.onlineUsers, ({ users }) => users.length === 3);
    interface Health {
      readonly ok: boolean;
      readonly cluster: { readonly ok: boolean; readonly queued: number; readonly dropped: number };
    }
    const health = async (): Promise<Health> => (await call<Health>(first, 'GET /health')).body;
    process.kill(server.pid, 'SIGKILL');
    for (let isOk = true; isOk;) isOk = (await health()).cluster.ok;
    const create = (app: App, token: string, title: string) =>
      call(app, 'POST /workspaces/ws_design/tasks', { token, body: { title } });
    expect(await alice.client.presenceUpdate({ presence: 'busy' })).toEqual({ ok: true, data: {} });
    expect(await carol.heard.first('presence:update')).toMatchObject({ presence: 'busy' });
    const { ok, cluster } = await health();
    expect(ok).toBe(false);
    expect((await call(first, 'GET /readyz')).status).toBe(200);
    expect(cluster.queued + cluster.dropped).toBeGreaterThan(0);
    await server.restart();
    for (let isOk = false; !isOk;) isOk = (await health()).cluster.ok;
    // What waited for a moment is still told.
    expect(await bob.heard.first('presence:update')).toMatchObject({ presence: 'busy' });
    await until(bob.room.onlineUsers, ({ users }) => users.length === 3);
    expect((await create(second, bob.accessToken, 'Together')).status).toBe(201);
    await alice.heard.first('task:created', ({ task }) => task.title === 'Together');
    expect(alice.room.onlineUsers.getSnapshot().users).toHaveLength(3);
  }, 15_000);

  it('is restarted node by node, and every client is where it was, each after a time of its own', async () => {
    const { apps, server, store } = await start(3);
    const proxy = await proxyOf(() => apps.map(({ url }) => url));
    const names = ['alice', 'bob', 'carol'];
    const members = await Promise.all(
      Array.from({ length: 12 }, (_, index) => joined(proxy, names[index % 3]!)),
    );
    const backs: number[] = [];
    for (const { client } of members) {
      let wasUp = true;
      client.connection.subscribe(() => {
        const isUp = client.connection.getSnapshot().phase === 'connected';
        if (isUp && !wasUp) backs.push(performance.now());
        wasUp = isUp;
      });
    }
    const { accessToken: token } = await signIn(proxy, 'alice');
    let made = 0;
    let running = true;
    const writing = (async () => {
      while (running) {
        const { status } = await call(proxy, 'POST /workspaces/ws_design/tasks', {
          token,
          body: { title: `Task ${made}` },
        }).catch(() => ({ status: 0 }));
        if (status === 201) made += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const before = (await store.tasks.list('ws_design')).length - made;
    for (let index = 0; index < apps.length; index += 1) {
      const old = apps[index]!;
      apps[index] = await node(server, store);
      expect(await old.close(2_000)).toBe(true);
    }
    running = false;
    await writing;
    for (const { room } of members) await until(room.status, ({ phase: at }) => at === 'joined');
    for (const { room } of members)
      await until(room.onlineUsers, ({ users, stale }) => users.length === 3 && !stale);
    expect(made).toBeGreaterThan(0);
    expect((await store.tasks.list('ws_design')).length).toBeGreaterThanOrEqual(before + made);
    expect(backs.length).toBeGreaterThanOrEqual(12);
    await call(proxy, 'POST /workspaces/ws_design/tasks', { token, body: { title: 'The last one' } });
    await Promise.all(
      members.map(({ heard }) => heard.first('task:created', ({ task }) => task.title === 'The last one')),
    );
    expect(Math.max(...backs) - Math.min(...backs)).toBeGreaterThan(100);
  }, 30_000);

  it('keeps the requests of a polling client at one node', async () => {
    const { apps } = await start(3);
    const proxy = await proxyOf(() => apps.map(({ url }) => url));
    const { accessToken: token } = await signIn(proxy, 'alice');
    const { io } = await import('socket.io-client');
    const statuses: string[] = [];
    for (let index = 0; index < 6; index += 1) {
      const socket = io(proxy.url, {
        transports: ['polling'],
        forceNew: true,
        auth: { token },
        reconnection: false,
      });
      onTestFinished(() => void socket.disconnect());
      socket.io.engine.on('upgradeError', () => statuses.push('upgrade'));
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      expect(await socket.emitWithAck('workspace:join', { workspaceId: 'ws_design' })).toMatchObject({
        ok: true,
      });
    }
    await eventually(() => statuses.length === 0);
  });

  it('says that it is ready until it stops', async () => {
    const { apps } = await start(1);
    expect((await call(apps[0]!, 'GET /readyz')).status).toBe(200);
    expect((await call(apps[0]!, 'GET /livez')).status).toBe(200);
  });
});
