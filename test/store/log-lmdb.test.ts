import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { expect, onTestFinished, test } from 'vitest';
import { lmdbLog, type LmdbTransaction } from '../../server/src/stores/lmdb.ts';
import { describeLog, entry, type Clock } from './log.suite.ts';

describeLog('lmdb', {
  knowsOffsets: true,
  clock: 'all',
  open: async (clock) => {
    const { root, log } = await opened(clock);
    const notes = root.openDB<string, string>({ name: 'notes' });
    return {
      log,
      again: async () => log,
      write: (native, value) => {
        expect(native as LmdbTransaction).toBe(root);
        notes.putSync('note', value);
      },
      written: async () => notes.get('note'),
    };
  },
});

test('lmdb: work that is not synchronous is undone', async () => {
  const { log } = await opened();
  const late = log.transaction(async (tx) => {
    await tx.append(entry());
    await tx.append(entry());
  });
  await expect(late).rejects.toThrow('must be synchronous');
  expect((await log.heads(['workspace:w1']))[0]!.offset).toBe(0);
});

test('lmdb: everything is there after a restart', async () => {
  const folder = await emptyFolder();
  const before = lmdbLog({ folder });
  const made = await before.append(entry({ body: 'kept', key: 'k' }));
  const bid = { key: 'c', digest: 'digest', token: 'mine', leaseMs: 10_000 };
  await before.claim(bid);
  expect(await before.settle({ key: 'c', token: 'mine', result: '1' })).toBe(true);
  await before.close();
  const after = lmdbLog({ folder });
  onTestFinished(() => after.close());
  expect((await after.read('workspace:w1', 0, 10)).entries).toMatchObject([{ id: made.id, body: 'kept' }]);
  expect(await after.append(entry({ key: 'k' }))).toEqual({ ...made, duplicate: true });
  expect((await after.claim({ ...bid, token: 'other' })).kind).toBe('done');
});

test('lmdb: needs a place', () => {
  expect(() => lmdbLog({})).toThrow('either root or folder');
});

async function opened(clock?: Clock) {
  const root = open({ path: await emptyFolder(), maxDbs: 16 });
  const log = lmdbLog({ root, now: () => clock?.at ?? Date.now() });
  onTestFinished(async () => {
    await log.close();
    await root.close();
  });
  return { root, log };
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sockeye-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
