import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { App } from '../../server/app/app.ts';
import { call, signIn } from '../e2e/reference.ts';
import { describeWith, mongodb, redis } from '../services.ts';
import { startMongo } from '../store/mongo-server.ts';
import { startRedis } from '../store/redis-server.ts';
import { watch, type Watched } from './log-watcher.ts';

type Reached = Pick<App, 'url'>;

/** One kind of entity: who follows it, what is done to it, and what has to be stored and told then. */
interface Kind {
  readonly watched: Watched;
  readonly event: string;
  /** Writes; `name` is to be found in what is told. */
  readonly act: (app: Reached, name: string) => Promise<unknown>;
  /** Acting again under the same name is the same command. */
  readonly isOnce?: true;
  /** What is stored under a name; undefined where nothing is. */
  readonly stored: (app: Reached, name: string) => Promise<unknown>;
}

const board: Watched = {
  user: 'u_alice',
  contract: 'collab',
  join: ['workspace:join', { workspaceId: 'ws_design' }],
};
const tasks = '/workspaces/ws_design/tasks';
const general = { channelId: 'ch_general' };

interface TaskList {
  readonly tasks: readonly { readonly id: string; readonly title: string; readonly notes?: string }[];
}

const listed = async (app: Reached) => {
  const { accessToken: token } = await signIn(app as App, 'bob');
  return (await call<TaskList>(app as App, `GET ${tasks}`, { token })).body.tasks;
};
const asBob = async (app: Reached, route: string, body?: unknown) => {
  const { accessToken: token } = await signIn(app as App, 'bob');
  return call(app as App, route, { token, ...(body !== undefined && { body }) });
};
const said = async (app: Reached) => {
  const { accessToken: token } = await signIn(app as App, 'bob');
  const answer = await call<{ messages: { text: string }[] }>(
    app as App,
    'GET /channels/ch_general/messages',
    { token },
  );
  return answer.body.messages;
};

const kinds: readonly (readonly [name: string, kind: Kind])[] = [
  ['a task that is created', {
    watched: board,
    event: 'task:created',
    act: (app, title) => asBob(app, `POST ${tasks}`, { title }),
    stored: async (app, title) => (await listed(app)).find((task) => task.title === title),
  }],
  ['a task that is changed', {
    watched: board,
    event: 'task:updated',
    act: (app, notes) => asBob(app, `PATCH ${tasks}/tsk_design_2`, { notes }),
    stored: async (app, notes) => (await listed(app)).find((task) => task.notes === notes),
  }],
  ['a task that is removed', {
    watched: board,
    event: 'task:deleted',
    act: async (app, name) => asBob(app, `DELETE ${tasks}/${name === 'lost' ? 'tsk_design_4' : 'tsk_design_5'}`),
    stored: async (app, name) => {
      const id = name === 'lost' ? 'tsk_design_4' : 'tsk_design_5';
      return (await listed(app)).every((task) => task.id !== id) || undefined;
    },
  }],
  ['a notification', {
    watched: { user: 'u_carol', contract: 'collab' },
    event: 'notification',
    act: (app, title) => asBob(app, `POST ${tasks}`, { title, assigneeId: 'u_carol' }),
    stored: async (app, title) => {
      const { accessToken: token } = await signIn(app as App, 'carol');
      const answer = await call<{ notifications: { body: string }[] }>(app as App, 'GET /notifications', { token });
      return answer.body.notifications.find(({ body }) => body === title);
    },
  }],
  ['a message', {
    watched: { user: 'u_alice', contract: 'chat', join: ['channel:join', general] },
    event: 'message:new',
    isOnce: true,
    act: (app, text) => inChat(app, 'message:send', { ...general, text: `${text} @carol` }, text),
    stored: async (app, text) => {
      const { accessToken: token } = await signIn(app as App, 'carol');
      const kept = await call<{ notifications: { body: string }[] }>(app as App, 'GET /notifications', { token });
      const isMentioned = kept.body.notifications.some(({ body }) => body === `${text} @carol`);
      const isSaid = (await said(app)).filter((one) => one.text === `${text} @carol`).length === 1;
      return isMentioned && isSaid ? true : isMentioned || isSaid ? 'torn' : undefined;
    },
  }],
  ['a membership', {
    watched: { user: 'u_alice', contract: 'chat', join: ['channel:join', general] },
    event: 'message:new',
    act: (app, name) => inChat(app, name === 'lost' ? 'member:remove' : 'member:add', { ...general, userId: 'u_carol' }),
    stored: async (app, name) => {
      const browsed = await inChat<{ channels: { id: string; members: { id: string }[] }[] }>(app, 'channel:browse');
      const members = browsed.channels.find(({ id }) => id === 'ch_general')!.members;
      const isMember = members.some(({ id }) => id === 'u_carol');
      return isMember === (name !== 'lost') || undefined;
    },
  }],
]; // prettier-ignore

describeWith(mongodb(), 'MongoDB', (found) => {
  describe.each([
    ['alone', false],
    ['of a replica set', true],
  ])('%s', (_name, replicaSet) => {
    describeKills(async () => {
      const server = await startMongo(found, { replicaSet });
      return { env: { MONGODB_URI: server.freshUri() }, stop: server.stop };
    });
  });
});

describeWith(redis(), 'LMDB before Redis', (found) => {
  describeKills(async () => {
    const server = await startRedis(found);
    const folder = await mkdtemp(path.join(tmpdir(), 'sockeye-killed-'));
    const stop = async () => {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    };
    return { env: { REDIS_URL: server.url, DATA_DIR: folder }, stop };
  });
});

/** Kills the application between a write and the append of its event, for each kind of entity. */
function describeKills(
  start: () => Promise<{ readonly env: Record<string, string>; readonly stop: () => Promise<void> }>,
): void {
  let database: Awaited<ReturnType<typeof start>>;
  let running: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    database = await start();
    running = await run(database.env);
  }, 60_000);
  afterAll(async () => {
    await running?.kill();
    await database?.stop();
  });

  test.each(kinds)(
    '%s is told once, however the process ended',
    async (_name, kind) => {
      const { watched, event, act, stored } = kind;
      const tokenOf = async () =>
        (await signIn(running as unknown as App, watched.user.slice(2))).accessToken;
      const before = await watch(running.url, watched, { token: await tokenOf(), since: null });
      const since = await before.count(0);
      before.close();
      expect(await stored(running, 'lost')).toBeUndefined();

      await running.arm(event);
      await Promise.race([act(running, 'lost').catch(() => undefined), running.gone]);
      await running.gone;
      running = await run(database.env);

      const after = await watch(running.url, watched, { token: await tokenOf(), since });
      onTestFinished(() => after.close());
      await after.count(1);
      expect(await stored(running, 'lost')).toBeDefined();
      if (kind.isOnce) {
        // The same command again, as its client sends it when it is back: the answer was kept with the effect.
        await act(running, 'lost');
        expect(await stored(running, 'lost')).toBe(true);
      }
      await act(running, 'next');
      await after.count(2);
      expect(after.got.map((entry) => entry.event)).toEqual([event, event]);
      expect(after.got.map(({ offset }) => offset)).toEqual([since.offset + 1, since.offset + 2]);
    },
    60_000,
  );
}

/** Starts the application; `kill` ends it at once. */
async function run(env: Record<string, string>) {
  const child = fork(path.join(import.meta.dirname, 'killed-app.ts'), [], {
    execArgv: ['--import', 'tsx', '--conditions=@sockeye/source'],
    env: { ...process.env, ...env },
  });
  const gone = once(child, 'exit').then(() => undefined);
  const first = await Promise.race([once(child, 'message'), gone]);
  if (first === undefined) throw new Error('The application did not start.');
  const [{ url }] = first as [{ url: string }];
  return {
    url,
    gone,
    arm: async (event: string) => {
      child.send(event);
      await once(child, 'message');
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Sends one command of chat as Bob, from within the channel; `id` makes it one that takes effect once. */
async function inChat<Data>(app: Reached, event: string, payload?: object, id?: string): Promise<Data> {
  const { accessToken: token } = await signIn(app as App, event.startsWith('member:') ? 'alice' : 'bob');
  const socket = io(`${app.url}/chat`, { auth: { token }, reconnection: false, forceNew: true });
  try {
    const ended = new Promise<never>((_, reject) => socket.once('disconnect', reject));
    ended.catch(() => undefined);
    await Promise.race([socket.emitWithAck('channel:join', general), ended]);
    const words =
      payload === undefined ? [] : [payload, ...(id === undefined ? [] : [{ id: `command-${id}` }])];
    const answer = (await Promise.race([socket.emitWithAck(event, ...words), ended])) as {
      ok: boolean;
      data: Data;
    };
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return answer.data;
  } finally {
    socket.close();
  }
}
