import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lmdbLog } from '@sockeye/server/stores/lmdb';
import { open } from 'lmdb';
import { expect, onTestFinished, test } from 'vitest';

test('a process that is killed at any moment leaves no card without its event, and no event without its card', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sockeye-crash-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let acknowledged = 0;
  for (let kill = 1; kill <= 12; kill += 1) {
    const child = fork(path.join(import.meta.dirname, 'crash-writer.ts'), [folder], {
      execArgv: ['--import', 'tsx', '--conditions=@sockeye/source'],
    });
    const exited = once(child, 'exit');
    child.on('message', (count: number) => {
      acknowledged += 1;
      // In the middle of whatever it does by then.
      if (count === kill * 7) child.kill('SIGKILL');
    });
    await exited;
  }
  const root = open({ path: folder, maxDbs: 16 });
  const log = lmdbLog({ root });
  onTestFinished(async () => {
    await log.close();
    await root.close();
  });
  const cards = root.openDB<string, string>({ name: 'cards' });
  const { entries, head } = await log.read('board:b1', 0, 10_000);
  expect(entries.map(({ offset }) => offset)).toEqual(entries.map((_, index) => index + 1));
  expect([...cards.getKeys()].sort()).toEqual(entries.map(({ body }) => body).sort());
  expect(head.offset).toBeGreaterThanOrEqual(acknowledged);
  expect(acknowledged).toBeGreaterThan(300);
}, 60_000);
