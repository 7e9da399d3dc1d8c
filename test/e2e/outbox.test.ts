import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContractError } from '@sockeye/contract/wire';
import type { EventLog } from '@sockeye/server';
import { memoryLog } from '@sockeye/server/stores/memory';
import { expect, onTestFinished, test } from 'vitest';
import { openLmdbStores } from '../../server/app/stores/lmdb-open.ts';
import { inChannel } from './chat-reference.ts';
import { call, joined, startReference } from './reference.ts';

const tasks = '/workspaces/ws_design/tasks';
interface Health {
  readonly eventLog: { readonly kind: string; readonly ok: boolean; readonly waiting: number };
}

test('while the log is away, writes are accepted, health tells what waits, and clients hear of it later', async () => {
  const far = away();
  const app = await startReference(openLmdbStores({ folder: await emptyFolder(), log: far.log }));
  const alice = await joined(app, 'alice');
  const bob = await inChannel(app, 'bob');
  far.isAway = true;
  const create = (title: string) =>
    call(app, `POST ${tasks}`, { token: alice.accessToken, body: { title, assigneeId: 'u_bob' } });
  expect((await create('one')).status).toBe(201);
  expect((await create('two')).status).toBe(201);
  const sent = await bob.client.messageSend({ channelId: 'ch_general', text: 'Anyone?' });
  expect(sent).toMatchObject({ ok: true, data: { seq: 7 } });

  const health = await call<Health>(app, 'GET /health');
  expect([health.status, health.body.eventLog]).toMatchObject([
    503,
    { kind: 'lmdb+memory', ok: false, waiting: 5 },
  ]);
  expect((await call(app, 'GET /readyz')).status).toBe(503);
  const metrics = await call<string>(app, 'GET /metrics', { token: alice.accessToken });
  expect(metrics.body).toMatch(/^sockeye_event_log_waiting 5$/m);
  const listed = await call<{ unread: number }>(app, 'GET /notifications', { token: bob.accessToken });
  expect(listed.body.unread).toBe(2);
  expect(alice.heard.of('task:created')).toEqual([]);

  far.isAway = false;
  await alice.heard.first('task:created', ({ task }) => task.title === 'two');
  expect(alice.heard.of('task:created').map(({ task }) => task.title)).toEqual(['one', 'two']);
  await bob.heard.first('message:new', ({ text }) => text === 'Anyone?');
  expect((await call<Health>(app, 'GET /health')).body.eventLog).toMatchObject({ ok: true, waiting: 0 });
});

/** A log that can be put out of reach. */
function away() {
  const inner = memoryLog();
  const state = { isAway: false };
  const reached = <Args extends unknown[], Value>(run: (...args: Args) => Promise<Value>) => {
    return async (...args: Args): Promise<Value> => {
      if (state.isAway) throw new ContractError('UNAVAILABLE', { message: 'away' });
      return run(...args);
    };
  };
  const log: EventLog = {
    ...inner,
    append: reached((entry) => inner.append(entry)),
    transaction: async (work) => {
      if (state.isAway) throw new ContractError('UNAVAILABLE', { message: 'away' });
      return inner.transaction(work);
    },
    healthy: async () => !state.isAway,
  };
  return Object.assign(state, { log });
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sockeye-away-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
