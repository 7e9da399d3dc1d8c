import { Agent } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { App } from '../../server/app/app.ts';
import { start, type Started } from '../../server/app/cluster/processes.ts';
import type { OpsReport } from '../../server/app/ops.ts';
import { demoPassword } from '../../server/app/demo-data.ts';
import { call, clientOf, hear, jwtSecret, phase, until, type SignedIn } from '../e2e/reference.ts';
import { describeWith, nginx, redis } from '../services.ts';
import { startRedis, type RedisServer } from '../store/redis-server.ts';
import { example, judge, startNginx, type Nginx } from './nginx-server.ts';

const opsToken = 'a token for machines, of more than 32 bytes'.replaceAll(/\W/g, '-');
const task = 'POST /workspaces/ws_design/tasks';

describeWith(nginx(), 'the example for nginx', (program) => {
  it('is sound, as nginx says itself', async () => {
    expect(await judge(program, example)).toContain('test is successful');
    const folder = await mkdtemp(join(tmpdir(), 'sockeye-nginx-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'bad.conf'), 'events { }\nhttp { upstream sockeye { } }\n');
    await expect(judge(program, join(folder, 'bad.conf'))).rejects.toThrow();
  });

  describeWith(redis(), 'in front of two nodes', (redisProgram) => {
    let server: RedisServer;
    let front: Nginx;
    let folder: string;
    const nodes: { process: Started; port: number }[] = [];

    const launch = async (port: number) => {
      const entry = new URL('../../server/app/main.ts', import.meta.url).pathname;
      const process_ = await start(
        [process.execPath, '--conditions=@sockeye/source', '--import', 'tsx', entry],
        {
          env: {
            ...process.env,
            PORT: String(port),
            REDIS_URL: server.url,
            DATA_DIR: folder,
            JWT_SECRET: jwtSecret,
            OPS_TOKEN: opsToken,
            LOG_LEVEL: 'silent',
            BOT_SECONDS: '0',
          },
          ready: /reference server: http:\S+:(\d+)/,
        },
      );
      return { process: process_, port: Number(process_.match[1]) };
    };
    const there = { url: '' } as App & { url: string };
    /** A request on a connection of its own: a reload ends those that are kept, and with them what is just being sent. */
    const ask = <Body>(route: string, options: { readonly token?: string; readonly body: unknown }) =>
      call<Body>(there, route, { ...options, headers: { connection: 'close' } });
    const signIn = async (username: string) => {
      const body = { username, password: demoPassword };
      return (await ask<SignedIn>('POST /auth/login', { body })).body;
    };
    const connectionsAt = async (port: number) => {
      const at = { url: `http://127.0.0.1:${port}` } as App;
      const { body } = await call<OpsReport>(at, 'GET /ops', { token: opsToken });
      return body.connections.list.filter(({ contract }) => contract === 'collab');
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sockeye-data-'));
      server = await startRedis(redisProgram);
      // One after the other: the first fills the database.
      nodes.push(await launch(0), await launch(0));
      front = await startNginx(
        program,
        nodes.map(({ port }) => port),
      );
      there.url = front.url;
    }, 60_000);
    afterAll(async () => {
      for (const node of nodes) await node.process.stop();
      await front[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    }, 30_000);

    it('keeps each polling client at its node, loses none with a node, and cuts no WebSocket when it is reloaded', async () => {
      const { accessToken: token } = await signIn('alice');
      const members: Awaited<ReturnType<typeof come>>[] = [];
      const come = async (index: number) => {
        // nginx tells clients apart by their address.
        const agent = new Agent({ localAddress: `127.0.0.${index}` });
        const transports = [index % 2 === 0 ? 'polling' : 'websocket'];
        const client = clientOf(there, token, {
          socket: { transports, upgrade: false, agent: agent as never },
          connectTimeoutMs: 3_000,
        });
        const heard = hear(client);
        client.connect();
        await phase(client, 'connected');
        const room = client.workspace({ workspaceId: 'ws_design' });
        expect((await room.join().ready).ok).toBe(true);
        return { client, heard, room, transports };
      };
      const isShared = async () => {
        for (const { port } of nodes)
          for (const transport of ['polling', 'websocket'])
            if (!(await connectionsAt(port)).some((each) => each.transport === transport)) return false;
        return true;
      };
      // Where an address leads depends on the ports.
      for (let index = 2; members.length < 6 || !(await isShared()); index += 1) {
        if (index > 80) throw new Error('every address leads to the same node');
        members.push(await come(index));
      }
      const { length } = members;
      const create = async (title: string) => {
        const { status } = await ask(task, { token, body: { title } });
        expect([title, status]).toEqual([title, 201]);
      };
      const told = (wanted: string) =>
        Promise.all(
          members.map(({ heard }) => heard.first('task:created', ({ task: { title } }) => title === wanted)),
        );
      await create('To both nodes');
      await told('To both nodes');

      const [dead, alive] = nodes as [(typeof nodes)[0], (typeof nodes)[0]];
      const pollers = async (port: number) =>
        (await connectionsAt(port)).filter(({ transport }) => transport === 'polling').length;
      const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
      const moved = await pollers(dead.port);
      const killedAt = performance.now();
      process.kill(dead.process.pid, 'SIGKILL');
      while ((await connectionsAt(alive.port)).length < length) await wait();
      for (const { room } of members) await until(room.status, ({ phase: at }) => at === 'joined');
      const tookMs = Math.round(performance.now() - killedAt);
      await create('To the one that is left');
      await told('To the one that is left');

      // Addresses that lead to it lead there again.
      nodes[0] = await launch(dead.port);
      // What they hear ends a request, and the next one goes there.
      for (let n = 0; (await pollers(dead.port)) < moved; n += 1) await create(`To whoever waits, ${n}`);
      for (const { room } of members) await until(room.status, ({ phase: at }) => at === 'joined');
      // A polling client whose kept connection ends while it sends comes back, and misses nothing either.
      const falls = { websocket: 0, polling: 0 };
      for (const { client, transports } of members)
        client.connection.subscribe(() => {
          if (client.connection.getSnapshot().phase !== 'connected')
            falls[transports[0] as keyof typeof falls] += 1;
        });
      const made = Array.from({ length: 30 }, (_, n) => `Task ${n}`);
      for (const title of made) {
        if (title === 'Task 10') await front.reload([nodes[0].port, alive.port]);
        await create(title);
      }
      await told(made.at(-1)!);
      // eslint-disable-next-line no-console -- the figures are what the test is read for
      console.info(
        `nginx: ${length} clients, back ${tookMs} ms after a node was killed; reload: ${falls.websocket} WebSockets and ${falls.polling} polling cut`,
      );
      for (const { heard } of members)
        expect(
          heard
            .of('task:created')
            .map(({ task: { title } }) => title)
            .filter((title) => made.includes(title)),
        ).toEqual(made);
      expect(falls.websocket).toBe(0);
    }, 60_000);

    it.each(['polling', 'websocket'])('lets its own pages in by %s, and no others', async (transport) => {
      const { accessToken: token } = await signIn('bob');
      const from = (origin: string) => {
        const client = clientOf(there, token, {
          socket: { transports: [transport], upgrade: false, extraHeaders: { origin } },
        });
        client.connect();
        return client;
      };
      await phase(from(front.url), 'connected');
      const stranger = from('http://evil.example');
      await until(stranger.connection, ({ attempt }) => attempt > 1);
      expect(stranger.connection.getSnapshot().phase).not.toBe('connected');
    });
  });
});
