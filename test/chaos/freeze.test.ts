import { EventEmitter, once } from 'node:events';
import { redisLog } from '@sockeye/server/stores/redis';
import { Redis } from 'ioredis';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { describeWith, redis } from '../services.ts';
import { prepareLedger, type Ledger, type LedgerClient } from './ledger.ts';
import { createWorld, type NodeWord, type World } from './world.ts';

describeWith(redis(), 'a process that stands still for longer than any lease', (redisProgram) => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await prepareLedger();
  }, 60_000);

  const start = async (): Promise<{ readonly world: World; readonly words: EventEmitter }> => {
    const words = new EventEmitter();
    const world = await createWorld({
      redisProgram,
      program: ledger.program,
      nodes: 2,
      doors: 1,
      hear: (word, node) => words.emit(word.kind, word, node),
    });
    onTestFinished(() => world[Symbol.asyncDispose]());
    return { world, words };
  };
  const connect = (world: World, user: string): LedgerClient => {
    const client = ledger.createClient({
      url: `http://127.0.0.1:${world.doors[0]!.port}`,
      auth: () => ({ user }),
      backoff: { minMs: 50, maxMs: 500 },
      connectTimeoutMs: 2_000,
    });
    onTestFinished(() => client.close());
    client.connect();
    return client;
  };
  const reader = async (world: World, user: string) => {
    const book = connect(world, user).book({ bookId: 'a' });
    const heard: string[] = [];
    const offsets: number[] = [];
    book.on('entry:added', ({ value }, { offset = 0 }) => {
      heard.push(value);
      offsets.push(offset);
    });
    expect((await book.join().ready).ok).toBe(true);
    return { heard, offsets };
  };
  const stored = async ({ redis: { url } }: World): Promise<readonly string[]> => {
    const connection = new Redis(url);
    const log = redisLog({ redis: connection });
    const { entries } = await log.read('ledger:book:a', 0, 1_000);
    await log.close();
    connection.disconnect();
    return entries.map(({ body }) => (JSON.parse(body) as { value: string }).value);
  };
  const patient = { timeoutMs: 30_000 };

  it('a node in the middle of a command: once with a transaction, again without one, the same answer in both', async () => {
    const { world, words } = await start();
    const readers = [await reader(world, 'r0'), await reader(world, 'r1')];
    const [writer] = [connect(world, 'w')];
    const lingering: NodeWord[] = [];
    const both = new Promise<number>((resolve) =>
      words.on('lingers', (word: NodeWord, node: number) => {
        if (lingering.push(word) === 2) resolve(node);
      }),
    );
    const answers = Promise.all([
      writer.entryAdd({ bookId: 'a', value: 'slow-kept' }, patient),
      writer.entryNote({ bookId: 'a', value: 'slow-bare' }, patient),
    ]);
    const frozen = world.nodes[await both]!;
    frozen.signal('SIGSTOP');
    onTestFinished(() => frozen.signal('SIGCONT'));
    // The commands are taken over when their lease ends, and answered by the other node.
    expect(await answers).toEqual([
      { ok: true, data: {} },
      { ok: true, data: {} },
    ]);
    expect(lingering).toHaveLength(4);
    expect((await writer.entryAdd({ bookId: 'a', value: 'while it stands' }, patient)).ok).toBe(true);
    const isThere = once(words, 'figures');
    frozen.signal('SIGCONT');
    // It answers when it has gone through what it had begun.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    frozen.order({ kind: 'figures' });
    await isThere;
    expect((await writer.entryAdd({ bookId: 'a', value: 'the last' }, patient)).ok).toBe(true);
    const all = await stored(world);
    const times = (value: string): number => all.filter((each) => each === value).length;
    expect(times('slow-kept')).toBe(1);
    expect(times('slow-bare')).toBe(2);
    expect(all.filter((value) => !value.startsWith('slow'))).toEqual(['while it stands', 'the last']);
    for (const { heard, offsets } of readers) {
      while (heard.length < all.length) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(heard).toEqual(all);
      expect(offsets).toEqual(all.map((_, index) => index + 1));
    }
  }, 40_000);

  it('Redis: commands wait and apply once, readers miss nothing, and whoever is put out meanwhile hears nothing after', async () => {
    const { world } = await start();
    const readers = [await reader(world, 'r0'), await reader(world, 'r1')];
    const guests = [await reader(world, 'v0'), await reader(world, 'v1')];
    const writers = [connect(world, 'w0'), connect(world, 'w1')];
    const write = (value: string) =>
      Promise.all(
        writers.map((writer, n) => writer.entryAdd({ bookId: 'a', value: `${value}${n}` }, patient)),
      );
    expect((await write('before')).every(({ ok }) => ok)).toBe(true);
    process.kill(world.redis.pid, 'SIGSTOP');
    const frozenAt = performance.now();
    const waiting = write('during');
    while (performance.now() - frozenAt < 6_000) await new Promise((resolve) => setTimeout(resolve, 100));
    for (const guest of [0, 1]) world.nodes[guest]!.order({ kind: 'evict', bookId: 'a', user: `v${guest}` });
    process.kill(world.redis.pid, 'SIGCONT');
    expect((await waiting).every(({ ok }) => ok)).toBe(true);
    expect((await write('after')).every(({ ok }) => ok)).toBe(true);
    const all = await stored(world);
    expect([...all].sort()).toEqual(['after0', 'after1', 'before0', 'before1', 'during0', 'during1']);
    for (const { heard, offsets } of readers) {
      while (heard.length < all.length) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(heard).toEqual(all);
      expect(offsets).toEqual([1, 2, 3, 4, 5, 6]);
    }
    for (const { heard } of guests) expect(heard.filter((value) => value.startsWith('after'))).toEqual([]);
  }, 40_000);
});
