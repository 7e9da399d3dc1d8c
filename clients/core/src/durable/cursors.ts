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

/** Cursors that outlive the page. */
export interface Cursors {
  /** Calls `next` with what is stored: in the same turn where the storage answers at once. */
  readonly load: (key: string, next: (stored: StoredCursor | undefined) => void) => void;
  /** Stores the newest of several soon, and before the page goes away. */
  readonly save: (key: string, room: string, cursor: Cursor) => void;
  readonly remove: (key: string) => void;
  /** Stores at once what is due. @param forget Removes what may be stored first. */
  readonly close: (forget: boolean) => void;
}

/** Makes the cursors of one client. */
export type CursorKeeper = (runtime: Pick<Runtime, 'clock' | 'report'>) => Cursors;

/** From a cursor's first change to its being stored, in milliseconds. */
const saveMs = 500;

/** Signs that a page may be about to go away. */
const signs = ['pagehide', 'visibilitychange'];

/**
 * Keeps cursors in the browser's storage.
 *
 * @param prefix Of every key, such as `collab:${user.id}`: users of one browser must not share cursors.
 */
export function webStorageCursors(storage: WebStorage, prefix: string): CursorKeeper {
  return storedCursors(webStorage(storage, `${prefix}:cursor:`));
}

/** Keeps cursors in a storage of the application's own. */
export function storedCursors(storage: CursorStorage): CursorKeeper {
  return (runtime) => {
    const due = new Map<string, StoredCursor>();
    /** Keys that may have something stored under them. */
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
