import type { Cursor } from '@sockeye/contract/wire';
import type { Runtime } from './runtime.ts';
import type { Awaitable } from './surface.ts';

/**
 * A persistent storage of a client. Values that are not valid are ignored. An error, or a promise that has not settled
 * after three seconds, is reported and treated as if nothing were stored.
 */
export interface ClientStorage<Value> {
  /** Returns the value stored under a key; any other value means that there is none. */
  readonly get: (key: string) => Awaitable<unknown>;
  readonly set: (key: string, value: Value) => Awaitable<unknown>;
  readonly remove: (key: string) => Awaitable<unknown>;
}

/** Position in a room's log. */
export interface StoredCursor extends Cursor {
  readonly version: 1;
  /** The room's name. */
  readonly room: string;
}

/** Stores cursors, one key per room. Use separate keys for each user. */
export type CursorStorage = ClientStorage<StoredCursor>;

/** A command that is not answered yet. */
export interface StoredCommand {
  /** The command's key: the server applies it once, however often it is sent. */
  readonly id: string;
  readonly event: string;
  /** In wire form. */
  readonly payload: unknown;
  /** Time of the call, in the clock's milliseconds. */
  readonly at: number;
}

/** All unanswered commands. */
export interface StoredCommands {
  readonly version: 1;
  readonly commands: readonly StoredCommand[];
}

/** Stores commands until they are answered. It must belong to one tab, as `sessionStorage` does. */
export type OutboxStorage = ClientStorage<StoredCommands>;

/** The part of the browser's `Storage` that is used. */
export type WebStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** JSON in the browser's `Storage`. `prefix`: prefix of every key. */
export function webStorage<Value>(storage: WebStorage, prefix: string): ClientStorage<Value> {
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

/** Time limit for a storage that returns a promise, in milliseconds. */
const storageMs = 3_000;

/**
 * Calls `next` with the result of a storage: synchronously if the storage is. A storage that fails or takes longer than
 * three seconds is reported and yields nothing; a later result is ignored.
 */
export function whenStored(
  { clock, report }: Pick<Runtime, 'clock' | 'report'>,
  run: () => Awaitable<unknown>,
  next: (value?: unknown) => void = () => undefined,
): void {
  let waits = true;
  let cancel = (): void => undefined;
  const end = (value?: unknown): void => {
    if (!waits) return;
    waits = false;
    cancel();
    next(value);
  };
  const failed = (error: unknown): void => {
    if (waits) report(error);
    end();
  };
  let value: unknown;
  try {
    value = run();
  } catch (error) {
    return failed(error);
  }
  if (!isPromise(value)) return end(value);
  cancel = clock.after(storageMs, () =>
    failed(Object.assign(new Error('The storage did not respond in time.'), { code: 'TIMEOUT' })),
  );
  value.then(end, failed);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
