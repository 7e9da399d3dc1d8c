import { describe, expect, test } from 'vitest';
import {
  aliceAndBob,
  call,
  connect,
  cutTransports,
  joined,
  phase,
  settled,
  startReference,
  until,
} from './reference.ts';

const tasks = '/workspaces/ws_design/tasks';

describe('two people in one workspace', () => {
  test('a join is answered with who is there, in application form', async () => {
    const app = await startReference();
    await joined(app, 'bob');
    const { data } = await joined(app, 'alice');
    expect(data.users.map(({ id, presence }) => [id, presence])).toEqual([
      ['u_alice', 'online'],
      ['u_bob', 'online'],
    ]);
    expect(data.users[0]?.since).toBeInstanceOf(Date);
  });

  test('a task created over REST reaches both, decoded', async () => {
    const app = await startReference();
    const [alice, bob] = [await joined(app, 'alice'), await joined(app, 'bob')];
    const body = { title: 'Draw a fish', dueAt: '2027-01-01T00:00:00.000Z' };
    const answer = await call<{ task: { id: string } }>(app, `POST ${tasks}`, {
      token: alice.accessToken,
      body,
    });
    const { task } = await bob.heard.first('task:created');
    expect(task).toMatchObject({
      id: answer.body.task.id,
      title: 'Draw a fish',
      priority: 'normal',
      version: 1,
    });
    expect(task.dueAt).toEqual(new Date('2027-01-01T00:00:00.000Z'));
    expect(task.createdAt).toBeInstanceOf(Date);
    await alice.heard.first('task:created', (event) => event.task.id === task.id);
  });

  test('a change tells the changed fields and no others, a deletion tells who', async () => {
    const app = await startReference();
    const [alice, bob] = [await joined(app, 'alice'), await joined(app, 'bob')];
    const path = `${tasks}/tsk_design_1`;
    const body = {
      status: 'doing',
      title: 'Collect colours from the old brand book',
      dueAt: '2027-02-03T04:05:06.007Z',
    };
    await call(app, `PATCH ${path}`, { token: alice.accessToken, body });
    expect(await bob.heard.first('task:updated')).toEqual({
      workspaceId: 'ws_design',
      taskId: 'tsk_design_1',
      changes: { status: 'doing', dueAt: new Date('2027-02-03T04:05:06.007Z') },
      version: 2,
      updatedBy: 'u_alice',
    });
    await call(app, `DELETE ${path}`, { token: bob.accessToken });
    expect(await alice.heard.first('task:deleted')).toEqual({
      workspaceId: 'ws_design',
      taskId: 'tsk_design_1',
      deletedBy: 'u_bob',
    });
  });

  test('a refused change tells nobody', async () => {
    const app = await startReference();
    const [alice, bob] = [await joined(app, 'alice'), await joined(app, 'bob')];
    const body = { title: 'Too late', version: 7 };
    const answer = await call(app, `PATCH ${tasks}/tsk_design_1`, { token: alice.accessToken, body });
    expect(answer.status).toBe(409);
    await settled(app, bob.heard);
    expect(bob.heard.of('task:updated')).toEqual([]);
  });

  test('typing carries who the server knows it is, and does not come back to the sender', async () => {
    const app = await startReference();
    const [alice, bob] = await aliceAndBob(app);
    const claim = { workspaceId: 'ws_design', taskId: 'tsk_design_1', userId: 'u_carol', userName: 'Carol' };
    expect(alice.client.emit('user:typing', claim)).toBe(true);
    expect(await bob.heard.first('user:typing')).toEqual({
      workspaceId: 'ws_design',
      taskId: 'tsk_design_1',
      userId: 'u_alice',
      userName: 'Alice Moreau',
    });
    await settled(app, alice.heard);
    expect(alice.heard.of('user:typing')).toEqual([]);
  });

  test('typing in a workspace that one has not joined goes nowhere', async () => {
    const app = await startReference();
    const [alice, bob] = [await connect(app, 'alice'), await joined(app, 'bob')];
    alice.client.emit('user:typing', { workspaceId: 'ws_design', taskId: 'tsk_design_1' });
    // An answered call behind it: the server has dealt with the typing by then.
    await alice.client.presenceUpdate({ presence: 'away' });
    await settled(app, bob.heard);
    expect(bob.heard.of('user:typing')).toEqual([]);
  });
});

describe('notifications and announcements', () => {
  test('a notification reaches every tab of one user and nobody else', async () => {
    const app = await startReference();
    const alice = await joined(app, 'alice');
    const [first, second] = [await connect(app, 'bob'), await joined(app, 'bob')];
    const carol = await joined(app, 'carol');
    const body = { title: 'Draw a fish', assigneeId: 'u_bob' };
    await call(app, `POST ${tasks}`, { token: alice.accessToken, body });
    for (const { heard } of [first, second]) {
      expect(await heard.first('notification')).toMatchObject({
        kind: 'task-assigned',
        title: 'Alice Moreau gave you a task',
        body: 'Draw a fish',
        from: { id: 'u_alice', name: 'Alice Moreau' },
        createdAt: expect.any(Date),
      });
    }
    await settled(app, alice.heard, carol.heard, first.heard, second.heard);
    expect([alice.heard.of('notification'), carol.heard.of('notification')]).toEqual([[], []]);
    expect([first.heard.of('notification').length, second.heard.of('notification').length]).toEqual([1, 1]);
  });

  test('taking a task oneself, or changing another field of it, notifies nobody', async () => {
    const app = await startReference();
    const [alice, bob] = [await connect(app, 'alice'), await connect(app, 'bob')];
    const path = `PATCH ${tasks}/tsk_design_5`;
    await call(app, path, { token: bob.accessToken, body: { assigneeId: 'u_bob' } });
    await call(app, path, { token: alice.accessToken, body: { title: 'Renamed', assigneeId: 'u_bob' } });
    await settled(app, bob.heard);
    expect(bob.heard.of('notification')).toEqual([]);
  });

  test('an announcement reaches everyone who is connected, in a workspace or not', async () => {
    const app = await startReference();
    const [alice, bob, carol] = [
      await connect(app, 'alice'),
      await connect(app, 'bob'),
      await joined(app, 'carol'),
    ];
    const body = { text: 'Cake in the kitchen', level: 'warning' };
    const answer = await call(app, 'POST /announcements', { token: alice.accessToken, body });
    expect(answer.status).toBe(201);
    for (const { heard } of [alice, bob, carol]) {
      expect(await heard.first('announcement')).toEqual({
        ...body,
        id: expect.any(String),
        createdAt: expect.any(Date),
      });
    }
  });
});

describe('presence', () => {
  test('others see one come and go', async () => {
    const app = await startReference();
    const bob = await joined(app, 'bob');
    const alice = await joined(app, 'alice');
    await bob.heard.first('online_users', ({ users }) => users.length === 2);
    const left = bob.heard.next('online_users');
    alice.client.close();
    expect((await left).users.map(({ id }) => id)).toEqual(['u_bob']);
  });

  test('closing one of two tabs is no leave', async () => {
    const app = await startReference();
    const bob = await joined(app, 'bob');
    const [one, two] = [await joined(app, 'alice'), await joined(app, 'alice')];
    await bob.heard.first('online_users', ({ users }) => users.length === 2);
    const before = bob.heard.of('online_users').length;
    const gone = new Promise<void>((resolve) => {
      for (const socket of app.io.sockets.sockets.values()) socket.once('disconnect', () => resolve());
    });
    one.client.close();
    await gone;
    // A later change is told after anything that the closed tab could have caused.
    const carol = await joined(app, 'carol');
    const { users } = await bob.heard.first('online_users', (event) => event.users.length === 3);
    expect(users.map(({ id }) => id).sort()).toEqual(['u_alice', 'u_bob', 'u_carol']);
    expect(bob.heard.of('online_users')).toHaveLength(before + 1);
    expect(two.client.connection.getSnapshot().phase).toBe('connected');
    carol.client.close();
  });

  test('leaving the workspace is told at once, the connection stays', async () => {
    const app = await startReference({ presence: { graceMs: 60_000, tickMs: 1 } });
    const [bob, alice] = [await joined(app, 'bob'), await joined(app, 'alice')];
    await bob.heard.first('online_users', ({ users }) => users.length === 2);
    const left = bob.heard.next('online_users');
    alice.lease.release();
    expect((await left).users.map(({ id }) => id)).toEqual(['u_bob']);
    expect(alice.client.connection.getSnapshot().phase).toBe('connected');
  });

  test('busy is seen by the others, and by who joins later', async () => {
    const app = await startReference();
    const [alice, bob] = [await joined(app, 'alice'), await joined(app, 'bob')];
    expect(await alice.client.presenceUpdate({ presence: 'busy' })).toEqual({ ok: true, data: {} });
    expect(await bob.heard.first('presence:update')).toEqual({
      workspaceId: 'ws_design',
      userId: 'u_alice',
      presence: 'busy',
    });
    const { data } = await joined(app, 'carol');
    expect(data.users.find(({ id }) => id === 'u_alice')?.presence).toBe('busy');
  });

  test('a cut transport within the grace is not told to anybody', async () => {
    const app = await startReference({ presence: { graceMs: 60_000, tickMs: 1 } });
    const [bob, alice] = [await joined(app, 'bob'), await joined(app, 'alice')];
    await bob.heard.first('online_users', ({ users }) => users.length === 2);
    const before = bob.heard.of('online_users').length;
    const back = until(alice.room.status, ({ phase }) => phase !== 'joined').then(() =>
      until(alice.room.status, ({ phase }) => phase === 'joined'),
    );
    for (const socket of app.io.sockets.sockets.values()) {
      if (socket.data.identity.id === 'u_alice') socket.conn.close(true);
    }
    await back;
    await joined(app, 'carol');
    await bob.heard.first('online_users', ({ users }) => users.length === 3);
    expect(bob.heard.of('online_users')).toHaveLength(before + 1);
  });
});

describe('losing the connection', () => {
  test('the room is joined again, and its events arrive again', async () => {
    const app = await startReference();
    const [alice, bob] = [await joined(app, 'alice'), await joined(app, 'bob')];
    const lost = phase(bob.client, 'reconnecting');
    cutTransports(app);
    await lost;
    await phase(bob.client, 'connected');
    await until(bob.room.status, ({ phase }) => phase === 'joined');
    await call(app, `POST ${tasks}`, { token: alice.accessToken, body: { title: 'After the cut' } });
    expect((await bob.heard.first('task:created')).task.title).toBe('After the cut');
  });

  test('what was queued while offline is sent after the rooms were joined again', async () => {
    const app = await startReference();
    const [alice, bob] = [await joined(app, 'alice'), await joined(app, 'bob')];
    const lost = [phase(alice.client, 'reconnecting'), phase(bob.client, 'reconnecting')];
    cutTransports(app);
    await Promise.all(lost);
    await until(bob.room.status, ({ phase }) => phase === 'joined');
    // Without a grace Alice is out of the workspace: only after her rejoin does anybody see her presence there.
    const queued = alice.client.presenceUpdate({ presence: 'away' }, { whenOffline: 'queue' });
    expect(await queued).toEqual({ ok: true, data: {} });
    expect(await bob.heard.first('presence:update')).toMatchObject({ userId: 'u_alice', presence: 'away' });
  });

  test('without being told to wait, a request fails at once while offline', async () => {
    const app = await startReference();
    const alice = await connect(app, 'alice');
    const lost = phase(alice.client, 'reconnecting');
    await app.close(1_000);
    await lost;
    const refused = await alice.client.presenceUpdate({ presence: 'away' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'DISCONNECTED', retryable: true } });
  });

  test('a restarted server finds its clients back where they were', async () => {
    const first = await startReference();
    const [alice, bob] = [await joined(first, 'alice'), await joined(first, 'bob')];
    const lost = [phase(alice.client, 'reconnecting'), phase(bob.client, 'reconnecting')];
    await first.close(1_000);
    await Promise.all(lost);
    expect(bob.heard.of('announcement').at(-1)).toMatchObject({ level: 'warning' });
    const second = await startReference({ store: first.store, port: Number(new URL(first.url).port) });
    await Promise.all([alice, bob].map(({ room }) => until(room.status, ({ phase }) => phase === 'joined')));
    await call(second, `POST ${tasks}`, { token: alice.accessToken, body: { title: 'After the restart' } });
    expect((await bob.heard.first('task:created')).task.title).toBe('After the restart');
  });
});
