import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Opens a store in a folder of its own, which is removed after the test. */
export async function inFolder<Store extends { close(): Promise<void> }>(
  open: (options: { readonly folder: string }) => Store,
): Promise<{ readonly store: Store; readonly reopen: () => Promise<Store> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sockeye-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = open({ folder });
  const reopen = async () => {
    await store.close();
    return open({ folder });
  };
  return { store, reopen };
}
