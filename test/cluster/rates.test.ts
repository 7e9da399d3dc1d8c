import { memoryRates, type RateStore } from '@sockeye/server';
import { redisRates } from '@sockeye/server/stores/redis-rates';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { describeWith, redis } from '../services.ts';
import { startRedis } from '../store/redis-server.ts';

const rule = { rate: 50, perMs: 1_000, burst: 10 };

/** Asks as fast as it can for a while; resolves with how often it was let through. */
async function hammer(stores: readonly RateStore[], ms: number): Promise<number> {
  const until = performance.now() + ms;
  const asking = stores.map(async (store) => {
    let passed = 0;
    while (performance.now() < until) {
      if ((await store.take('typing u1', rule)) === 0) passed += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return passed;
  });
  return (await Promise.all(asking)).reduce((sum, passed) => sum + passed, 0);
}

/** Waits until a store answers, or no longer does. */
async function answering(store: RateStore, wanted: boolean): Promise<void> {
  for (let isUp = !wanted; isUp !== wanted;) {
    isUp = await store.take('probe', { ...rule, burst: 1_000_000 }).then(
      () => true,
      () => false,
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('counts keys apart, and tells how long to wait, in one process', async () => {
  let time = 0;
  const rates = memoryRates(() => time);
  for (let index = 0; index < 10; index += 1) expect(await rates.take('a', rule)).toBe(0);
  expect(await rates.take('a', rule)).toBe(20);
  expect(await rates.take('b', rule)).toBe(0);
  time = 20;
  expect(await rates.take('a', rule)).toBe(0);
});

describeWith(redis(), 'rate limits of several nodes, counted in Redis', (program) => {
  const connect = async (count: number) => {
    const server = await startRedis(program);
    onTestFinished(() => server[Symbol.asyncDispose]());
    const client = new Redis(server.url, { retryStrategy: () => 50 });
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    await client.ping();
    const stores = Array.from({ length: count }, () => redisRates({ redis: client }));
    onTestFinished(() => stores.forEach((store) => store.close()));
    for (const store of stores) await answering(store, true);
    return { server, stores };
  };

  it('lets three nodes through as often as one, within five per cent', async () => {
    const { stores } = await connect(3);
    const ms = 3_000;
    const passed = await hammer(stores, ms);
    const allowed = rule.burst + (ms / rule.perMs) * rule.rate;
    expect(passed).toBeGreaterThanOrEqual(allowed * 0.95);
    expect(passed).toBeLessThanOrEqual(allowed * 1.05);
  }, 10_000);

  it('rejects at once while Redis is away, and counts again after', async () => {
    const { server, stores } = await connect(1);
    process.kill(server.pid, 'SIGKILL');
    const store = stores[0]!;
    const startedAt = performance.now();
    await answering(store, false);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await server.restart();
    await answering(store, true);
    expect(await store.take('typing u1', rule)).toBe(0);
  }, 10_000);
});
