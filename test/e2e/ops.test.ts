import { expect, onTestFinished, test } from 'vitest';
import { botUser } from '../../server/app/bot.ts';
import { createMetrics } from '../../server/app/metrics.ts';
import { chatting, inChannel } from './chat-reference.ts';
import { call, connect, joined, signIn, startReference, until } from './reference.ts';

const opsToken = 'a-token-for-operations-of-32-bytes-or-more';

interface Report {
  readonly contracts: Record<
    string,
    { connections: number; received: number; refused: number; sent: number }
  >;
  readonly connections: {
    total: number;
    list: { id: string; contract: string; userName: string; rooms: string[] }[];
  };
  readonly rooms: { contract: string; room: string; connections: number }[];
}

test('operators see who is connected, the rooms, and what was counted', async () => {
  const app = await startReference({ opsToken });
  await joined(app, 'alice');
  const bob = await inChannel(app, 'bob');
  await bob.client.messageSend({ channelId: 'ch_general', text: 'Hello' });
  await bob.client.memberRemove({ channelId: 'ch_general', userId: 'u_alice' });
  const { status, body } = await call<Report>(app, 'GET /ops', { token: opsToken });
  expect(status).toBe(200);
  expect(body.connections.total).toBe(2);
  expect(body.connections.list.map(({ contract, userName, rooms }) => [contract, userName, rooms])).toEqual([
    ['collab', 'Alice Moreau', ['user:u_alice', 'workspace:ws_design']],
    ['chat', 'Bob Lindqvist', ['user:u_bob', 'channel:ch_general']],
  ]);
  expect(body.rooms).toContainEqual({ contract: 'chat', room: 'channel:ch_general', connections: 1 });
  expect(body.contracts['chat']).toMatchObject({ connections: 1, received: 3, refused: 1 });
  expect(JSON.stringify(body)).not.toMatch(/session:|ses_/);
});

test.each([
  ['GET /ops', undefined, 401],
  ['GET /metrics', undefined, 401],
  ['GET /metrics', 'not-the-token', 401],
  ['GET /metrics', 'bob', 403],
  ['POST /ops/bot', 'bob', 403],
  ['GET /metrics', 'alice', 200],
  ['GET /metrics', opsToken, 200],
  ['GET /ops/clients', opsToken, 200],
  ['GET /ops/clients', 'bob', 403],
])('%s as %s ends with %i', async (route, who, status) => {
  const app = await startReference({ opsToken });
  const known = who === 'alice' || who === 'bob';
  const token = known ? (await signIn(app, who)).accessToken : who;
  expect((await call(app, route, token === undefined ? {} : { token })).status).toBe(status);
});

test('metrics come in Prometheus’ form, by contract, event and outcome', async () => {
  const app = await startReference({ opsToken });
  const alice = await joined(app, 'alice');
  await alice.client.presenceUpdate({ presence: 'away' });
  const raw = alice.client.request as (event: string, payload: unknown) => Promise<unknown>;
  await raw('presence:update', { presence: 'asleep' });
  const { body, headers } = await call<string>(app, 'GET /metrics', { token: opsToken });
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
  const line = (name: string, ...labels: string[]) =>
    body.split('\n').find((each) => each.startsWith(name) && labels.every((label) => each.includes(label)));
  expect(line('sockeye_events_total', 'event="presence:update"', 'direction="in"', 'outcome="ok"')).toMatch(
    / 1$/,
  );
  expect(line('sockeye_handshakes_total', 'contract="collab"', 'outcome="ok"')).toMatch(/ 1$/);
  expect(line('sockeye_connections', 'contract="collab"')).toMatch(/ 1$/);
  expect(line('sockeye_event_duration_seconds_count', 'event="workspace:join"')).toMatch(/ 1$/);
  expect(line('process_resident_memory_bytes')).toBeDefined();
});

test('names that clients make up do not become series', async () => {
  const metrics = createMetrics();
  const observe = metrics.observer('collab');
  for (let index = 0; index < 50; index++)
    observe({ event: `made-up-${index}`, direction: 'in', outcome: 'UNKNOWN_EVENT', durationMs: 1 });
  const text = await metrics.text();
  expect(text).not.toContain('made-up');
  expect(text).toMatch(/event="unknown".*outcome="UNKNOWN_EVENT"\} 50/);
});

test('slow readers are counted by what became of them', async () => {
  const metrics = createMetrics();
  const observe = metrics.observer('collab');
  for (const outcome of ['LAGGING_DROPPED', 'LAGGING_CLOSED', 'LAGGING_DROPPED'])
    observe({ event: 'lagging', direction: 'out', outcome, durationMs: 0 });
  const text = await metrics.text();
  expect(text).toContain('sockeye_slow_readers_total{contract="collab",outcome="LAGGING_DROPPED"} 2');
  expect(text).toContain('sockeye_slow_readers_total{contract="collab",outcome="LAGGING_CLOSED"} 1');
});

test('an administrator ends a connection', async () => {
  const app = await startReference();
  const { accessToken: token } = await signIn(app, 'alice');
  const bob = await connect(app, 'bob', { backoff: { minMs: 60_000, maxMs: 60_000 } });
  const [id] = app.collab.namespace.sockets.keys();
  expect((await call(app, `DELETE /ops/connections/${id}`, { token })).status).toBe(204);
  await until(bob.client.connection, ({ phase }) => phase !== 'connected');
  expect((await call(app, `DELETE /ops/connections/${id}`, { token })).status).toBe(404);
});

test('the bot shows a lone visitor every kind of event, and is switched over REST', async () => {
  const app = await startReference({ demo: true });
  const { accessToken: token } = await signIn(app, 'alice');
  const visitor = await joined(app, 'alice');
  const talk = await inChannel(app, 'alice');
  for (let act = 0; act < 5; act++) await app.bot.act();
  onTestFinished(() => app.bot.stop());
  await Promise.all([
    visitor.heard.first('user:typing', ({ userId }) => userId === botUser.id),
    visitor.heard.first('task:updated', ({ updatedBy }) => updatedBy === botUser.id),
    visitor.heard.first('cursor:moved', ({ userId }) => userId === botUser.id),
    talk.heard.first('typing:start', ({ userId }) => userId === botUser.id),
    talk.heard.first('message:new', ({ authorId }) => authorId === botUser.id),
  ]);
  const switched = async (running: boolean) =>
    (await call(app, 'POST /ops/bot', { token, body: { running } })).body;
  expect(app.bot.running()).toBe(false);
  expect(await switched(true)).toEqual({ running: true });
  expect(app.bot.running()).toBe(true);
  expect(await switched(false)).toEqual({ running: false });
});

test('the bot does nothing while nobody looks, and nobody signs in as it', async () => {
  const app = await startReference();
  const before = await app.store.tasks.list('ws_design');
  for (let act = 0; act < 5; act++) await app.bot.act();
  expect(await app.store.tasks.list('ws_design')).toEqual(before);
  await expect(signIn(app, botUser.username)).rejects.toThrow('401');
  const { client } = await chatting(app, 'bob');
  expect(await client.directOpen({ userId: botUser.id })).toMatchObject({
    ok: true,
    data: { name: botUser.name },
  });
});
