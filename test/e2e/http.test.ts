import { describe, expect, test } from 'vitest';
import type { ErrorBody } from '@sockeye/contract/wire';
import { call, signIn, startReference, type SignedIn } from './reference.ts';

interface Failed {
  readonly error: ErrorBody;
}

interface TaskAnswer extends Failed {
  readonly task: Record<string, unknown> & { readonly id: string; readonly version: number };
}

const tasks = '/workspaces/ws_design/tasks';

describe('requests that cannot be read', () => {
  test.each<[string, string, Parameters<typeof call>[2], number, string]>([
    ['malformed JSON', 'POST /auth/login', { body: '{"username":' }, 400, 'INVALID_PAYLOAD'],
    ['no body', 'POST /auth/login', {}, 400, 'INVALID_PAYLOAD'],
    ['a body that is no object', 'POST /auth/login', { body: 'null' }, 400, 'INVALID_PAYLOAD'],
    [
      'a form',
      'POST /auth/login',
      { body: 'username=alice', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'an unknown character set',
      'POST /auth/login',
      { body: '{}', headers: { 'Content-Type': 'application/json; charset=klingon' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a body of 70 kB', 'POST /auth/login', { body: { username: 'x'.repeat(70_000) } }, 413, 'TOO_LARGE'],
    ['an unknown route', 'GET /nowhere', {}, 404, 'NOT_FOUND'],
    ['a route by another method', 'DELETE /auth/login', {}, 404, 'NOT_FOUND'],
    ['a path that cannot be decoded', 'GET /workspaces/%E0%A4%A/tasks', {}, 401, 'UNAUTHENTICATED'],
  ])('%s', async (_, route, options, status, code) => {
    const app = await startReference();
    const answer = await call<Failed>(app, route, options);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.body.error).toMatchObject({ message: expect.any(String), retryable: false });
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  test('a path that cannot be decoded, of somebody who is signed in', async () => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'alice');
    const answer = await call<Failed>(app, 'GET /workspaces/%E0%A4%A/tasks', { token });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'INVALID_PAYLOAD']);
  });
});

describe('signing in', () => {
  test('tells who one is, never a password', async () => {
    const app = await startReference();
    const body = { username: ' Alice ', password: 'sockeye-demo' };
    const answer = await call<SignedIn>(app, 'POST /auth/login', { body });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ user: { id: 'u_alice', name: 'Alice Moreau' }, expiresIn: 900 });
    expect(JSON.stringify(answer.body)).not.toMatch(/password|scrypt/i);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['a wrong password', 'alice', 'wrong'],
    ['an unknown user', 'mallory', 'sockeye-demo'],
  ])('%s is told alike', async (_, username, password) => {
    const app = await startReference();
    const answer = await call<Failed>(app, 'POST /auth/login', { body: { username, password } });
    expect(answer.status).toBe(401);
    expect(answer.body.error).toEqual({
      code: 'UNAUTHENTICATED',
      message: 'Unknown user name or wrong password.',
      retryable: false,
    });
  });

  test('ten failures make the eleventh try wait', async () => {
    const app = await startReference();
    const attempt = (password: string) =>
      call<Failed>(app, 'POST /auth/login', { body: { username: 'bob', password } });
    await Promise.all(Array.from({ length: 10 }, () => attempt('wrong')));
    const answer = await attempt('sockeye-demo');
    expect([answer.status, answer.body.error.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(answer.body.error.retryAfterMs).toBeGreaterThan(50_000);
  });

  test('a refresh token is good once, and its second use ends the session', async () => {
    const app = await startReference();
    const first = await signIn(app, 'alice');
    const refresh = (refreshToken: string) =>
      call<SignedIn>(app, 'POST /auth/refresh', { body: { refreshToken } });
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect((await call(app, 'GET /me', { token: second.body.accessToken })).status).toBe(200);
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(second.body.refreshToken)).status).toBe(401);
    expect((await call(app, 'GET /me', { token: second.body.accessToken })).status).toBe(401);
  });

  test('neither token passes for the other', async () => {
    const app = await startReference();
    const { accessToken, refreshToken } = await signIn(app, 'alice');
    expect((await call(app, 'GET /me', { token: refreshToken })).status).toBe(401);
    expect((await call(app, 'POST /auth/refresh', { body: { refreshToken: accessToken } })).status).toBe(401);
  });

  test('signing out ends the session; everywhere ends the others too', async () => {
    const app = await startReference();
    const [one, two, three] = [
      await signIn(app, 'alice'),
      await signIn(app, 'alice'),
      await signIn(app, 'alice'),
    ];
    const me = async (token: string) => (await call(app, 'GET /me', { token })).status;
    await call(app, 'POST /auth/logout', { body: { refreshToken: one.refreshToken } });
    expect([await me(one.accessToken), await me(two.accessToken)]).toEqual([401, 200]);
    await call(app, 'POST /auth/logout', { body: { refreshToken: two.refreshToken, everywhere: true } });
    expect([await me(two.accessToken), await me(three.accessToken)]).toEqual([401, 401]);
  });

  test('an expired access token is told from a forged one', async () => {
    let skew = 0;
    const app = await startReference({ now: () => new Date(Date.now() + skew) });
    const { accessToken: token } = await signIn(app, 'alice');
    skew = 910_000;
    expect((await call<Failed>(app, 'GET /me', { token })).body.error).toMatchObject({
      code: 'TOKEN_EXPIRED',
      retryable: true,
    });
    const forged = `${token.slice(0, -4)}AAAA`;
    const answer = await call<Failed>(app, 'GET /me', { token: forged });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('tasks', () => {
  test('are created with defaults, listed, changed and deleted', async () => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'alice');
    const body = {
      title: '  Draw a fish ',
      dueAt: '2027-01-01T00:00:00.000Z',
      id: 'mine',
      createdBy: 'u_bob',
    };
    const created = await call<TaskAnswer>(app, `POST ${tasks}`, { token, body });
    expect(created.status).toBe(201);
    const { task } = created.body;
    expect(task).toMatchObject({
      title: 'Draw a fish',
      status: 'todo',
      priority: 'normal',
      labels: [],
      assigneeId: null,
      createdBy: 'u_alice',
      dueAt: '2027-01-01T00:00:00.000Z',
      version: 1,
    });
    const path = `${tasks}/${task.id}`;
    const changed = await call<TaskAnswer>(app, `PATCH ${path}`, {
      token,
      body: { status: 'done', version: 1 },
    });
    expect(changed.body.task).toMatchObject({ title: 'Draw a fish', status: 'done', version: 2 });
    const list = await call<{ tasks: unknown[] }>(app, `GET ${tasks}`, { token });
    expect(list.body.tasks.at(-1)).toEqual(changed.body.task);
    expect((await call(app, `DELETE ${path}`, { token })).status).toBe(204);
    expect((await call(app, `DELETE ${path}`, { token })).status).toBe(404);
  });

  test('a stale version is a conflict that carries the task', async () => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'alice');
    const path = `${tasks}/tsk_design_1`;
    await call(app, `PATCH ${path}`, { token, body: { title: 'First' } });
    const answer = await call<TaskAnswer>(app, `PATCH ${path}`, {
      token,
      body: { title: 'Second', version: 1 },
    });
    expect([answer.status, answer.body.error.code]).toEqual([409, 'CONFLICT']);
    expect(answer.body.error.details).toMatchObject({ task: { title: 'First', version: 2 } });
  });

  test.each<[string, string, unknown, (string | number)[]]>([
    ['no title', `POST ${tasks}`, {}, ['title']],
    ['a blank title', `POST ${tasks}`, { title: '   ' }, ['title']],
    ['a date that is none', `POST ${tasks}`, { title: 'x', dueAt: 'tomorrow' }, ['dueAt']],
    [
      'a label that is too long',
      `POST ${tasks}`,
      { title: 'x', labels: ['ok', 'y'.repeat(31)] },
      ['labels', 1],
    ],
    ['a stranger as assignee', `POST ${tasks}`, { title: 'x', assigneeId: 'u_mallory' }, ['assigneeId']],
    ['nothing to change', `PATCH ${tasks}/tsk_design_1`, { version: 1 }, []],
    ['an unknown status', `PATCH ${tasks}/tsk_design_1`, { status: 'lost' }, ['status']],
  ])('%s is refused with its path', async (_, route, body, path) => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'alice');
    const answer = await call<Failed>(app, route, { token, body });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'INVALID_PAYLOAD']);
    expect(answer.body.error.issues?.map((issue) => issue.path)).toEqual([path]);
  });

  test.each([
    `GET ${tasks}`,
    `POST ${tasks}`,
    `PATCH ${tasks}/tsk_design_1`,
    `DELETE ${tasks}/tsk_design_1`,
    'GET /workspaces',
    'POST /announcements',
  ])('%s needs a token', async (route) => {
    const app = await startReference();
    const answer = await call<Failed>(app, route);
    expect([answer.status, answer.body.error.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test.each(['ws_books', 'ws_nowhere', '__proto__'])('of %s are for members only', async (workspaceId) => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'alice');
    const answer = await call<Failed>(app, `GET /workspaces/${workspaceId}/tasks`, { token });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN']);
  });

  test('of another workspace cannot be reached through one’s own', async () => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'alice');
    const answer = await call<Failed>(app, `PATCH ${tasks}/tsk_books_1`, { token, body: { title: 'mine' } });
    expect([answer.status, answer.body.error.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the rest', () => {
  test('workspaces come with their members, by name', async () => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'alice');
    const answer = await call<{ workspaces: { name: string; members: object[] }[] }>(app, 'GET /workspaces', {
      token,
    });
    expect(answer.body.workspaces.map(({ name }) => name)).toEqual(['Design studio', 'Website launch']);
    expect(answer.body.workspaces[1]?.members).toEqual([
      { id: 'u_alice', name: 'Alice Moreau' },
      { id: 'u_bob', name: 'Bob Lindqvist' },
    ]);
  });

  test('only an administrator announces', async () => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'bob');
    const answer = await call<Failed>(app, 'POST /announcements', { token, body: { text: 'Hello' } });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN']);
  });

  test('health tells what matters, and 503 without a store', async () => {
    const app = await startReference();
    const answer = await call(app, 'GET /health');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      ok: true,
      status: 'ok',
      store: { kind: 'memory', ok: true },
      sockets: 0,
      uptimeSeconds: 0,
      contract: expect.stringMatching(/^collab@1\.\d+\.\d+$/),
    });
    app.store.healthy = async () => false;
    expect((await call(app, 'GET /health')).status).toBe(503);
  });

  test('a page of another origin is turned away on every transport, one of the list is let in', async () => {
    const app = await startReference({ origins: ['https://app.example'] });
    const from = async (origin: string, path: string) => {
      const answer = await call<Failed>(app, `GET ${path}`, { headers: { Origin: origin } });
      return [answer.status, answer.headers.get('access-control-allow-origin')];
    };
    for (const path of ['/health', '/socket.io/?EIO=4&transport=polling']) {
      expect(await from('https://app.example', path)).toEqual([200, 'https://app.example']);
      expect(await from(app.url, path)).toEqual([200, app.url]);
      expect(await from('https://evil.example', path)).toEqual([403, null]);
    }
    const preflight = await call(app, `OPTIONS ${tasks}`, { headers: { Origin: 'https://app.example' } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
  });
});
