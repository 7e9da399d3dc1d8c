import { describe, expect, it } from 'vitest';
import type { App } from '../../server/app/app.ts';
import type { CollabWorkspaceRoom } from '../../server/app/page/generated/collab.client.gen.ts';
import type { Task } from '../../server/app/page/generated/collab.types.gen.ts';
import { call, connect, cutTransports, phase, startReference, until } from './reference.ts';

const path = '/workspaces/ws_design/tasks';

/** A task as HTTP has it. */
type WireTask = Omit<Task, 'createdAt' | 'updatedAt' | 'dueAt'> &
  Record<'createdAt' | 'updatedAt', string> & { dueAt?: string | null };

function read({ createdAt, updatedAt, dueAt, ...task }: WireTask): Task {
  return {
    ...task,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    ...(dueAt === undefined ? {} : { dueAt: dueAt === null ? null : new Date(dueAt) }),
  };
}

/** A member with the workspace's tasks on screen. */
async function member(app: App, username: string) {
  let token = '';
  let loads = 0;
  const joined = await connect(app, username, {
    projections: {
      tasks: {
        load: async ({ workspaceId }) => {
          loads++;
          const { body } = await call<{ tasks: WireTask[] }>(app, `GET /workspaces/${workspaceId}/tasks`, {
            token,
          });
          return body.tasks.map(read);
        },
      },
    },
  });
  token = joined.accessToken;
  const room = joined.client.workspace({ workspaceId: 'ws_design' });
  room.tasks.subscribe(() => undefined);
  room.join();
  await until(room.tasks, ({ status }) => status === 'ready');
  const create = async (title: string): Promise<Task> => {
    const { body } = await call<{ task: WireTask }>(app, `POST ${path}`, { token, body: { title } });
    return read(body.task);
  };
  return { ...joined, room, create, loads: () => loads, titles: () => titles(room) };
}

function titles(room: CollabWorkspaceRoom): string[] {
  return room.tasks.getSnapshot().rows.map(({ title }) => title);
}

function draft(title: string): Task {
  const now = new Date();
  return {
    id: `draft_${crypto.randomUUID().slice(0, 8)}`,
    workspaceId: 'ws_design',
    title,
    status: 'todo',
    priority: 'normal',
    assigneeId: null,
    labels: [],
    createdBy: 'usr_alice',
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

describe('projections of a generated client', () => {
  it('load by HTTP, show a created task once, and bring it to the others', async () => {
    const app = await startReference();
    const [alice, bob] = [await member(app, 'alice'), await member(app, 'bob')];
    const before = alice.titles();
    expect(before.length).toBeGreaterThan(0);
    expect(bob.titles()).toEqual(before);

    const seen: number[] = [];
    const count = () => seen.push(alice.titles().filter((title) => title === 'Ship it').length);
    alice.room.tasks.subscribe(count);
    const done = alice.room.tasks.create(draft('Ship it'), () => alice.create('Ship it'));
    count();
    expect(alice.titles()).toEqual([...before, 'Ship it']);
    const created = await done;
    count();
    await until(bob.room.tasks, () => bob.titles().includes('Ship it'));
    await until(alice.room.tasks, ({ pending }) => pending.size === 0);
    count();
    expect(new Set(seen)).toEqual(new Set([1]));
    expect(created.ok && alice.room.tasks.getSnapshot().rows.at(-1)?.id).toBe(created.ok && created.data.id);
    expect(bob.titles()).toEqual(alice.titles());
  });

  it('take back what the server refuses', async () => {
    const app = await startReference();
    const alice = await member(app, 'alice');
    const before = alice.room.tasks.getSnapshot().rows;
    const result = await alice.room.tasks.remove(before[0]!.id, async () => {
      const { status } = await call(app, `DELETE ${path}/tsk_unknown`, { token: alice.accessToken });
      throw new Error(`refused with ${status}`);
    });
    expect(result.ok ? '' : result.error.message).toBe('refused with 404');
    expect(alice.room.tasks.getSnapshot().rows).toEqual(before);
  });

  it('catch up from the log after a lost connection, without loading again', async () => {
    const app = await startReference();
    const alice = await member(app, 'alice');
    const loads = alice.loads();
    cutTransports(app);
    const missed = alice.create('Missed');
    await phase(alice.client, 'connected');
    await missed;
    await until(alice.room.tasks, () => alice.titles().includes('Missed'));
    expect(alice.loads()).toBe(loads);
    expect(alice.titles().filter((title) => title === 'Missed')).toHaveLength(1);
  });

  it('tell who is here, and forget everything when the client is closed', async () => {
    const app = await startReference();
    const [alice, bob] = [await member(app, 'alice'), await member(app, 'bob')];
    await until(alice.room.onlineUsers, ({ users }) => users.length === 2);
    const [task] = alice.room.tasks.getSnapshot().rows;
    bob.client.userTyping({ workspaceId: 'ws_design', taskId: task!.id });
    const typing = await until(alice.room.typing, ({ length }) => length === 1);
    expect(typing[0]?.taskId).toBe(task!.id);
    alice.client.close();
    expect(alice.room.tasks.getSnapshot().rows).toEqual([]);
    expect(alice.room.typing.getSnapshot()).toEqual([]);
    expect(alice.room.onlineUsers.getSnapshot()).toEqual({ users: [], total: 0, stale: true });
    expect(alice.client.notifications.getSnapshot().items).toEqual([]);
  });
});
