import { isCursor, type Cursor } from '@sockeye/contract/wire';
import type { Runtime } from '../runtime.ts';
import { onPage, page } from '../wake.ts';
import { whenStored, type StoredCursor } from '../storage.ts';

/** Cursors that outlive the page, where the application gave a storage. */
export interface Cursors {
  /** Calls `next` with what is stored: in the same turn where the storage answers at once. */
  readonly load: (key: string, next: (stored: StoredCursor | undefined) => void) => void;
  /** Stores the newest of several soon, and before the page goes away. */
  readonly save: (key: string, room: string, cursor: Cursor) => void;
  readonly remove: (key: string) => void;
  /** Stores at once what is due. */
  readonly flush: () => void;
}

/** From a cursor's first change to its being stored, in milliseconds. */
const saveMs = 500;

/** Signs that a page may be about to go away. */
const signs = ['pagehide', 'visibilitychange'];

/** Makes the cursors of one client. */
export function createCursors(runtime: Runtime): Cursors {
  const storage = runtime.options.cursors;
  const due = new Map<string, StoredCursor>();
  let cancel = (): void => undefined;
  let unwatch = (): void => undefined;

  function leave({ type }: Event): void {
    if (type === 'pagehide' || page.document?.hidden) flush();
  }

  function flush(): void {
    cancel();
    unwatch();
    for (const [key, stored] of due) whenStored(runtime, () => storage?.set(key, stored));
    due.clear();
  }

  return {
    load: (key, next) => {
      if (!storage) return next(undefined);
      whenStored(
        runtime,
        () => storage.get(key),
        (value) => next(isStored(value) ? value : undefined),
      );
    },
    save: (key, room, { epoch, offset, id }) => {
      if (!storage) return;
      if (!due.size) {
        cancel = runtime.clock.after(saveMs, flush);
        unwatch = onPage(signs, leave);
      }
      due.set(key, { version: 1, room, epoch, offset, id });
    },
    remove: (key) => {
      due.delete(key);
      whenStored(runtime, () => storage?.remove(key));
    },
    flush,
  };
}

/** Whether a value that came from outside is a place in the log of a room. */
export function isPlace(value: unknown): value is Cursor & { readonly room: string } {
  return isCursor(value) && typeof (value as Partial<StoredCursor>).room === 'string';
}

function isStored(value: unknown): value is StoredCursor {
  return isPlace(value) && (value as Partial<StoredCursor>).version === 1;
}
