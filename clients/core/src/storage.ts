import type { Cursor } from '@sockeye/contract/wire';
import type { Runtime } from './runtime.ts';
import type { Awaitable } from './surface.ts';

/**
 * Where a client keeps something beyond its own life. A value that is not what was stored, whoever changed it, is
 * ignored; a failure is reported and otherwise the same as nothing stored, as is a promise that has not settled after
 * three seconds.
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

/** Where cursors are stored; one key for each room. Its keys should be apart for each user. */
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

/** Where commands are stored until they are answered. It belongs to one tab, as `sessionStorage` does. */
export type OutboxStorage = ClientStorage<StoredCommands>;

/** What is needed of the browser's `Storage`. */
export type WebStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** JSON in the browser's `Storage`; `prefix` is that of every key. */
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

/** How long a storage that answers by a promise is waited for, in milliseconds. */
const storageMs = 3_000;

/**
 * Calls `next` with what a storage answers: in the same turn where that answers at once. A storage that fails, or does
 * not answer within three seconds, is reported, and has answered nothing; what it says later is ignored.
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
    failed(Object.assign(new Error('The storage does not answer.'), { code: 'TIMEOUT' })),
  );
  value.then(end, failed);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
