import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { lmdbLog, openLmdb } from '../../server/src/stores/lmdb.ts';
import { entry, room, upTo } from './log.suite.ts';

const run = promisify(execFile);
const writer = [
  '--import',
  'tsx',
  '--conditions=@sockeye/source',
  join(import.meta.dirname, 'lmdb-writer.ts'),
];

test('lmdb: a file that is no database is refused by name, instead of ending the process', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'data.mdb'), Buffer.alloc(65_536, 7));
  expect(() => openLmdb(folder)).toThrow(/data\.mdb is not an LMDB database/);
});

test('lmdb: a file that is cut off is refused by name', async () => {
  const folder = await emptyFolder();
  const log = lmdbLog({ folder });
  for (let n = 0; n < 100; n += 1) await log.append(entry({ body: 'x'.repeat(2_000) }));
  await log.close();
  const file = join(folder, 'data.mdb');
  await truncate(file, Math.floor((await stat(file)).size / 2));
  expect(() => openLmdb(folder)).toThrow(/data\.mdb is truncated/);
});

test('lmdb: a folder that cannot be made is refused', async () => {
  const file = join(await emptyFolder(), 'file');
  await writeFile(file, 'not a folder');
  expect(() => openLmdb(file)).toThrow(/EEXIST/);
});

test('lmdb: a folder may have a dot in its name', async () => {
  const log = lmdbLog({ folder: join(await emptyFolder(), 'app.data') });
  onTestFinished(() => log.close());
  expect((await log.append(entry())).offset).toBe(1);
});

test('lmdb: two processes append to one room without gap or double', async () => {
  const folder = await emptyFolder();
  const writes = [150, 150].map((count) => run(process.execPath, [...writer, folder, String(count)]));
  for (const { stdout } of await Promise.all(writes))
    expect(JSON.parse(stdout)).toMatchObject({ appended: 150 });
  const log = lmdbLog({ folder });
  onTestFinished(() => log.close());
  expect((await log.read(room, 0, 1_000)).entries.map(({ offset }) => offset)).toEqual(upTo(300));
}, 30_000);

test('lmdb: where no more fits on the disk, an append ends with UNAVAILABLE and what is there can be read', async () => {
  const folder = await emptyFolder();
  // A file of this process may not grow beyond 2,048 blocks; that is told as an error, not by a signal.
  const limited = `trap '' XFSZ; ulimit -f 2048; exec "$@"`;
  const args = ['-c', limited, 'sh', process.execPath, ...writer, folder, '10000', '20000'];
  const { stdout } = await run('/bin/sh', args);
  const told = JSON.parse(stdout) as { appended: number; head: number; read: number };
  expect(told).toMatchObject({ code: 'UNAVAILABLE', unhandled: 0 });
  expect(told.appended).toBeGreaterThan(10);
  expect([told.head, told.read]).toEqual([told.appended, told.appended]);
}, 30_000);

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sockeye-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
