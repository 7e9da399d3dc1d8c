import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError } from '@sockeye/contract/wire';
import { open, type Database, type RootDatabase } from 'lmdb';

/**
 * Opens an LMDB environment: a folder that only its owner can read, created if it does not exist, for up to 32
 * databases. Several processes of one machine can open it.
 *
 * @throws Error if the folder cannot be created or opened, or contains something else.
 */
export function openLmdb(folder: string): RootDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  assertWhole(join(folder, 'data.mdb'));
  // A dot in the folder's name would make a file of it; batches leave rejected promises to nobody when a disk is full.
  return open({ path: folder, noSubdir: false, eventTurnBatching: false, maxDbs: 32 });
}

/** How a database file begins: its first two pages tell where everything is, the one with the higher number does. */
const meta = { magic: 24, pageSize: 48, roots: [88, 136], number: 152, length: 160 } as const;
const magic = 0xbeefc0de;
const noPage = 0xffff_ffff_ffff_ffffn;

/** LMDB maps its file into memory: a damaged or truncated file would crash the process without a message. */
function assertWhole(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const metas = [pageAt(file, 0)];
  const pageSize = metas[0]!.readUInt32LE(meta.pageSize);
  if (metas[0]!.readUInt32LE(meta.magic) === magic && pageSize > 0) metas.push(pageAt(file, pageSize));
  const newest = metas.reduce((a, b) =>
    b.readBigUInt64LE(meta.number) > a.readBigUInt64LE(meta.number) ? b : a,
  );
  if (metas.length < 2 || newest.readUInt32LE(meta.magic) !== magic)
    throw new Error(
      `${file} is not an LMDB database, or it is damaged. Restore a backup, or delete the file.`,
    );
  for (const at of meta.roots) {
    const root = newest.readBigUInt64LE(at);
    if (root !== noPage && (root + 1n) * BigInt(pageSize) > BigInt(size))
      throw new Error(`${file} is truncated. Restore a backup, or delete the file.`);
  }
}

function pageAt(file: string, at: number): Buffer {
  const page = Buffer.alloc(meta.length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, page, 0, meta.length, at);
  } finally {
    closeSync(descriptor);
  }
  return page;
}

/** Whether an environment is writable: not after it was closed, on a full disk, or without its folder. */
export async function isWritable(root: RootDatabase): Promise<boolean> {
  try {
    return await committed(root.put('sockeye:health', Date.now()));
  } catch {
    return false;
  }
}

/**
 * Waits for a commit.
 *
 * @throws ContractError UNAVAILABLE where the file cannot be written, as on a full disk; whatever the work itself
 * threw.
 */
export async function committed<Value>(commit: Promise<Value>): Promise<Value> {
  try {
    return await commit;
  } catch (error) {
    const { commitError } = (error ?? {}) as { readonly commitError?: Promise<unknown> };
    if (commitError === undefined) throw error;
    commitError.catch(() => undefined);
    throw new ContractError('UNAVAILABLE', { message: 'The database is not writable.', cause: error });
  }
}

/** A name as a key: LMDB takes at most 1,978 bytes, without some characters. */
export function keyOf(name: string): string {
  return /^[\w:.%-]{1,200}$/.test(name)
    ? name
    : `#${createHash('sha256').update(JSON.stringify(name)).digest('base64url')}`;
}

/** What one {@link sweeper} looks at in one go: it keeps everything else waiting. */
const maxSwept = 10_000;

/** Makes what takes away entries that are over, so many at a time. To be called inside a write transaction. */
export function sweeper(database: Database<{ readonly until: number }, string>): (now: number) => void {
  let from: string | undefined;
  return (now) => {
    let [seen, last] = [0, ''];
    const range = database.getRange({ ...(from !== undefined && { start: from }), limit: maxSwept });
    for (const { key, value } of range) {
      [seen, last] = [seen + 1, key];
      if (value.until <= now) database.removeSync(key);
    }
    from = seen === maxSwept ? last : undefined;
  };
}

/**
 * Runs work that has to be synchronous within a write transaction, all or nothing.
 *
 * @throws TypeError when it returns a promise; what it wrote is undone.
 */
export function runInside<Value>(
  root: RootDatabase,
  work: (assertOpen: () => void) => Value | PromiseLike<Value>,
): Promise<Value> {
  const commit = root.childTransaction(() => {
    let isOpen = true;
    const assertOpen = (): void => {
      if (!isOpen) throw new TypeError(`The transaction has ended: ${rule}.`);
    };
    try {
      return synchronous(work(assertOpen));
    } finally {
      isOpen = false;
    }
  });
  return committed(commit);
}

const rule = 'the callback of an LMDB transaction must be synchronous';

function synchronous<Value>(value: Value | PromiseLike<Value>): Value {
  if (typeof (value as PromiseLike<Value> | undefined)?.then !== 'function') return value as Value;
  (value as PromiseLike<Value>).then(undefined, () => undefined);
  throw new TypeError(`The callback returned a promise: ${rule}.`);
}
