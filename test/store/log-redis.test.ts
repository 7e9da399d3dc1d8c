import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { redisLog, type RedisTransaction } from '../../server/src/stores/redis.ts';
import { describeWith, redis } from '../services.ts';
import { describeLog, entry } from './log.suite.ts';
import { startRedis, type RedisServer } from './redis-server.ts';

describeWith(redis(), 'redis', (found) => {
  let server: RedisServer | undefined;
  let url = found;
  beforeAll(async () => {
    if (found.includes('://')) return;
    server = await startRedis(found);
    url = server.url;
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  let count = 0;
  const connect = () => {
    const client = new Redis(url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    return client;
  };

  describeLog('redis', {
    knowsOffsets: false,
    clock: 'entries',
    open: async (clock) => {
      const client = connect();
      const prefix = `t${process.pid}.${(count += 1)}:`;
      const open = () =>
        redisLog({ redis: client, prefix, ...(clock === undefined ? {} : { now: () => clock.at }) });
      return {
        log: open(),
        again: async () => {
          const other = open();
          onTestFinished(() => other.close());
          return other;
        },
        write: (native, value) => (native as RedisTransaction).call('SET', `${prefix}note`, value),
        written: async () => (await client.get(`${prefix}note`)) ?? undefined,
      };
    },
  });

  test('a commit of another process is told', async () => {
    const client = connect();
    const prefix = `t${process.pid}.${(count += 1)}:`;
    const [log, other] = [redisLog({ redis: client, prefix }), redisLog({ redis: client, prefix })];
    onTestFinished(async () => void (await Promise.all([log.close(), other.close()])));
    let tell: (commit: unknown) => void = () => {};
    const told = new Promise((resolve) => (tell = resolve));
    await other.subscribe('workspace:w1', (commit) => commit && tell(commit));
    const made = await log.append(entry({ body: 'x' }));
    expect(await told).toMatchObject({ epoch: made.epoch, entry: { offset: 1, id: made.id } });
  });
});

describeWith(redis(), 'a Redis that goes away', (found) => {
  test.skipIf(found.includes('://'))('ends calls with UNAVAILABLE, and listeners look again', async () => {
    await using server = await startRedis(found);
    const client = new Redis(server.url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    const log = redisLog({ redis: client, patienceMs: 50 });
    onTestFinished(() => log.close());
    const before = await log.append(entry());
    let tell: () => void = () => {};
    const hint = new Promise<void>((resolve) => (tell = resolve));
    await log.subscribe('workspace:w1', (commit) => commit === undefined && tell());

    process.kill(server.pid, 'SIGSTOP');
    expect(await log.healthy()).toBe(false);
    process.kill(server.pid, 'SIGCONT');
    const restarting = server.restart();
    await expect(
      (async () => {
        for (;;) await log.append(entry());
      })(),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE', body: { retryable: true } });
    await restarting;
    await hint;

    const after = await until(() => log.append(entry()));
    expect(after.epoch).not.toBe(before.epoch);
    expect(await log.healthy()).toBe(true);
  });
});

async function until<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
