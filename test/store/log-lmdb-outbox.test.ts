import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContractError } from '@sockeye/contract/wire';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lmdbOutbox, openLmdb, type LmdbOutboxOptions } from '../../server/src/stores/lmdb.ts';
import type { EventLog } from '../../server/src/stores/log.ts';
import { memoryLog } from '../../server/src/stores/memory.ts';
import { describeLog, entry, room, type Clock } from './log.suite.ts';

describeLog('lmdb outbox before memory', {
  knowsOffsets: false,
  clock: 'all',
  open: async (clock) => {
    const { root, log } = await opened(clock);
    const notes = root.openDB<string, string>({ name: 'notes' });
    return {
      log,
      again: async () => log,
      write: (_native, value) => void notes.putSync('note', value),
      written: async () => notes.get('note'),
    };
  },
});

describe('an outbox in LMDB', () => {
  test('accepts transactions while the log is away, and tells their events in order when it is back', async () => {
    const far = away();
    const { log, cards, add } = await opened(undefined, { log: far.log });
    far.isAway = true;
    await Promise.all(Array.from({ length: 250 }, (_, n) => add(`c${n + 1}`)));
    expect(cards.getCount()).toBe(250);
    expect(await log.backlog!()).toEqual({ waiting: 250, since: expect.any(Number) });
    expect(await log.healthy()).toBe(false);
    await expect(log.append(entry())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    far.isAway = false;
    await until(async () => (await log.backlog!()).waiting === 0);
    const { entries } = await log.read(room, 0, 1_000);
    expect(entries.map(({ body }) => body)).toEqual(Array.from({ length: 250 }, (_, n) => `c${n + 1}`));
    expect(await log.backlog!()).toEqual({ waiting: 0 });
  });

  test('refuses a transaction before anything happened once too much waits', async () => {
    const far = away();
    const { cards, add } = await opened(undefined, { log: far.log, maxWaiting: 3 });
    far.isAway = true;
    for (const id of ['a', 'b', 'c']) await add(id);
    await expect(add('d')).rejects.toMatchObject({ code: 'UNAVAILABLE', body: { retryable: true } });
    expect([...cards.getKeys()]).toEqual(['a', 'b', 'c']);
  });

  test('is not overtaken by an append', async () => {
    const far = away();
    const { log, add } = await opened(undefined, { log: far.log, retryMs: 1e6 });
    far.isAway = true;
    await add('first');
    far.isAway = false;
    expect((await log.append(entry({ body: 'second' }))).offset).toBe(2);
    expect((await log.read(room, 0, 9)).entries.map(({ body }) => body)).toEqual(['first', 'second']);
  });

  test('appends once what was appended when the answer was lost', async () => {
    const far = away();
    const { log, add } = await opened(undefined, { log: far.log });
    far.losesAnswer = true;
    await add('one');
    far.losesAnswer = false;
    await until(async () => (await log.backlog!()).waiting === 0);
    expect((await log.read(room, 0, 9)).entries.map(({ body }) => body)).toEqual(['one']);
  });

  test('lets other rooms go on where the log refuses one', async () => {
    const far = away();
    const { log, add } = await opened(undefined, { log: far.log });
    far.refuses = 'board:bad';
    await add('stays', 'board:bad');
    await add('goes');
    await until(async () => (await log.backlog!()).waiting === 1);
    expect((await log.read(room, 0, 9)).entries.map(({ body }) => body)).toEqual(['goes']);
    far.refuses = undefined;
    await until(async () => (await log.backlog!()).waiting === 0);
    expect((await log.read('board:bad', 0, 9)).entries.map(({ body }) => body)).toEqual(['stays']);
  });

  test('tells after the next start what a crash left, and keeps the answer with the effect', async () => {
    const folder = await emptyFolder();
    const far = away();
    const first = openLmdb(folder);
    far.isAway = true;
    const log = lmdbOutbox({ root: first, log: far.log });
    await log.claim({ key: 'c', digest: 'd', token: 'mine', leaseMs: 10_000 });
    await log.transaction((tx) => {
      void tx.append(entry({ body: 'kept' }));
      void tx.settle({ key: 'c', token: 'mine', result: '7' });
    });
    await log.close();
    await first.close();
    far.isAway = false;
    const root = openLmdb(folder);
    const next = lmdbOutbox({ root, log: far.log });
    onTestFinished(() => next.close().then(() => root.close()));
    await until(async () => (await next.read(room, 0, 9)).entries.length === 1);
    expect(await next.claim({ key: 'c', digest: 'd', token: 'other', leaseMs: 1 })).toEqual({
      kind: 'done',
      digest: 'd',
      result: '7',
    });
  });
});

/** A log that can be put out of reach. */
function away() {
  const inner = memoryLog();
  const state = { isAway: false, losesAnswer: false, refuses: undefined as string | undefined };
  const unavailable = () => new ContractError('UNAVAILABLE', { message: 'away' });
  const log: EventLog = {
    ...inner,
    append: async (one) => {
      if (state.isAway) throw unavailable();
      return inner.append(one);
    },
    transaction: async (work) => {
      if (state.isAway) throw unavailable();
      const value = await inner.transaction((tx) =>
        work({
          ...tx,
          append: (one) => {
            if (one.room === state.refuses) throw new Error('WRONGTYPE');
            return tx.append(one);
          },
        }),
      );
      if (state.losesAnswer) throw unavailable();
      return value;
    },
    healthy: async () => !state.isAway,
    close: async () => undefined,
  };
  return Object.assign(state, { log });
}

async function opened(clock?: Clock, options: Partial<LmdbOutboxOptions> = {}) {
  const root = openLmdb(await emptyFolder());
  const now = () => clock?.at ?? Date.now();
  const log = lmdbOutbox({ root, log: memoryLog(now), patienceMs: 50, retryMs: 10, now, ...options });
  onTestFinished(async () => {
    await log.close();
    await root.close();
  });
  const cards = root.openDB<string, string>({ name: 'cards' });
  const add = (id: string, where = room) =>
    log.transaction((tx) => {
      cards.putSync(id, 'a card');
      void tx.append(entry({ room: where, body: id, keep: 1_000 }));
    });
  return { root, log, cards, add };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sockeye-outbox-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
