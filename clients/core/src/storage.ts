import type { Cursor } from '@sockeye/contract/wire';
import type { Awaitable } from './surface.ts';

/**
 * Where a client keeps something beyond its own life. A value that is not what was stored, whoever changed it, is
 * ignored; a failure is reported and otherwise the same as nothing stored.
 */
export interface ClientStorage<Value> {
  /** What was stored under a key; anything else where there is nothing. */
  readonly get: (key: string) => Awaitable<unknown>;
  readonly set: (key: string, value: Value) => Awaitable<unknown>;
  readonly remove: (key: string) => Awaitable<unknown>;
}

/** How far a room's log was followed. */
export interface StoredCursor extends Cursor {
  readonly version: 1;
  /** The room's name. */
  readonly room: string;
}

/** Where cursors are kept; one key for each room. Its keys should be apart for each user. */
export type CursorStorage = ClientStorage<StoredCursor>;

/** A command that was given and not answered yet. */
export interface StoredCommand {
  /** Its key: the server applies it once, however often it is sent. */
  readonly id: string;
  readonly event: string;
  /** In wire form. */
  readonly payload: unknown;
  /** When it was given, in the clock's milliseconds. */
  readonly at: number;
}

/** All commands that wait. */
export interface StoredCommands {
  readonly version: 1;
  readonly commands: readonly StoredCommand[];
}

/** Where commands are kept until they are answered. It belongs to one tab, as `sessionStorage` does. */
export type OutboxStorage = ClientStorage<StoredCommands>;

/** What is needed of the browser's `Storage`. */
export type WebStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** @param prefix Of every key, such as `collab:${user.id}`: users of one browser must not share cursors. */
export function webStorageCursors(storage: WebStorage, prefix: string): CursorStorage {
  return webStorage(storage, `${prefix}:cursor:`);
}

/** @param storage Use `sessionStorage`: it outlives a reload, and no two tabs write to it. */
export function webStorageOutbox(storage: WebStorage, prefix: string): OutboxStorage {
  return webStorage(storage, `${prefix}:outbox:`);
}

function webStorage<Value>(storage: WebStorage, prefix: string): ClientStorage<Value> {
  return {
    get: (key) => {
      const text = storage.getItem(prefix + key);
      try {
        return text === null ? undefined : (JSON.parse(text) as unknown);
      } catch {
        return undefined;
      }
    },
    set: (key, value) => storage.setItem(prefix + key, JSON.stringify(value)),
    remove: (key) => storage.removeItem(prefix + key),
  };
}

/**
 * Calls `next` with a value of a storage's: in the same turn where that answers at once. A storage that fails is
 * reported, and has nothing.
 */
export function whenRead(
  read: () => Awaitable<unknown>,
  report: (error: unknown) => void,
  next: (value: unknown) => void,
): void {
  const failed = (error: unknown): void => {
    report(error);
    next(undefined);
  };
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    return failed(error);
  }
  if (isPromise(value)) value.then(next, failed);
  else next(value);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
