import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, type RootDatabase } from 'lmdb';

/**
 * Opens an LMDB environment: a folder that only its owner can read, made where it is missing, with room for 32 databases.
 * Several processes of one machine may have it open.
 *
 * @throws Error when the folder cannot be made or opened, or holds something else.
 */
export function openLmdb(folder: string): RootDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return open({ path: folder, maxDbs: 32 });
}

/** Whether an environment takes writes: it does not once it is closed, its disk is full or its folder is gone. */
export async function isWritable(root: RootDatabase): Promise<boolean> {
  try {
    return await root.put('sockeye:health', Date.now());
  } catch {
    return false;
  }
}

/** A name as a key: LMDB takes at most 1,978 bytes, without some characters. */
export function keyOf(name: string): string {
  return /^[\w:.%-]{1,200}$/.test(name)
    ? name
    : `#${createHash('sha256').update(JSON.stringify(name)).digest('base64url')}`;
}

/** Takes away what is over. To be called inside a write transaction. */
export function sweep(
  database: {
    getRange(): Iterable<{ key: string; value: { readonly until: number } }>;
    removeSync(key: string): boolean;
  },
  now: number,
): void {
  for (const { key, value } of database.getRange()) if (value.until <= now) database.removeSync(key);
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
  return root.childTransaction(() => {
    let isOpen = true;
    const assertOpen = (): void => {
      if (!isOpen) throw new TypeError(`The transaction is over: ${rule}.`);
    };
    try {
      return synchronous(work(assertOpen));
    } finally {
      isOpen = false;
    }
  });
}

const rule = 'the work of an LMDB transaction has to be synchronous';

function synchronous<Value>(value: Value | PromiseLike<Value>): Value {
  if (typeof (value as PromiseLike<Value> | undefined)?.then !== 'function') return value as Value;
  (value as PromiseLike<Value>).then(undefined, () => undefined);
  throw new TypeError(`It returned a promise: ${rule}.`);
}
