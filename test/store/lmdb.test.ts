import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { lmdbStore } from '../../server/app/stores/lmdb.ts';
import { describeStore } from './store.suite.ts';

describeStore('lmdb', {
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sockeye-lmdb-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const store = lmdbStore({ folder });
    const reopen = async () => {
      await store.close();
      return lmdbStore({ folder });
    };
    return { store, reopen };
  },
});
