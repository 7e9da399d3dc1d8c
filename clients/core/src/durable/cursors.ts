import type { Cursor } from '@sockeye/contract/wire';
import type { Runtime } from '../runtime.ts';
import {
  webStorage,
  whenStored,
  type CursorStorage,
  type StoredCursor,
  type WebStorage,
} from '../storage.ts';
import { onPage, page } from '../wake.ts';
import { isPlace } from './place.ts';

/** Cursors that survive a page reload. */
export interface Cursors {
  /** Calls `next` with the stored cursor: synchronously if the storage is synchronous. */
  readonly load: (key: string, next: (stored: StoredCursor | undefined) => void) => void;
  /** Stores the latest cursor within half a second, and before the page is unloaded. */
  readonly save: (key: string, room: string, cursor: Cursor) => void;
  readonly remove: (key: string) => void;
  /** Stores pending cursors at once. @param forget Removes all stored cursors first. */
  readonly close: (forget: boolean) => void;
}

/** Creates the cursors of one client. */
export type CursorKeeper = (runtime: Pick<Runtime, 'clock' | 'report'>) => Cursors;

/** Time from a cursor's first change to its storage, in milliseconds. */
const saveMs = 500;

/** Events that may precede the unloading of the page. */
const signs = ['pagehide', 'visibilitychange'];

/**
 * Stores cursors in the browser's storage.
 *
 * @param prefix Prefix of every key, such as `collab:${user.id}`: users of one browser must not share cursors.
 */
export function webStorageCursors(storage: WebStorage, prefix: string): CursorKeeper {
  return storedCursors(webStorage(storage, `${prefix}:cursor:`));
}

/** Stores cursors in your own storage. */
export function storedCursors(storage: CursorStorage): CursorKeeper {
  return (runtime) => {
    const due = new Map<string, StoredCursor>();
    /** Keys that may have a stored cursor. */
    const keys = new Set<string>();
    let cancel = (): void => undefined;
    let unwatch = (): void => undefined;

    function leave({ type }: Event): void {
      if (type === 'pagehide' || page.document?.hidden) flush();
    }

    function flush(): void {
      cancel();
      unwatch();
      for (const [key, stored] of due) whenStored(runtime, () => storage.set(key, stored));
      due.clear();
    }

    function remove(key: string): void {
      due.delete(key);
      whenStored(runtime, () => storage.remove(key));
    }

    return {
      load: (key, next) => {
        keys.add(key);
        whenStored(
          runtime,
          () => storage.get(key),
          (value) => next(isStored(value) ? value : undefined),
        );
      },
      save: (key, room, { epoch, offset, id }) => {
        keys.add(key);
        if (!due.size) {
          cancel = runtime.clock.after(saveMs, flush);
          unwatch = onPage(signs, leave);
        }
        due.set(key, { version: 1, room, epoch, offset, id });
      },
      remove,
      close: (forget) => {
        if (forget) for (const key of keys) remove(key);
        flush();
      },
    };
  };
}

function isStored(value: unknown): value is StoredCursor {
  return isPlace(value) && (value as Partial<StoredCursor>).version === 1;
}
