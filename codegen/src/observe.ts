import path from 'node:path';
import type { FSWatcher } from 'chokidar';

/** Looks at folders and tells of changes in them. */
export interface Observer {
  /** Looks at these folders as well. */
  add(folders: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface ObserverOptions {
  /** Told of every change: `add`, `change`, `unlink`, `addDir` or `unlinkDir`, and the absolute path. */
  readonly onEvent: (event: string, file: string) => void;
  /** Whether a file or folder, by its absolute path, need not be looked at. */
  readonly ignores: (file: string) => boolean;
  /** Told when the first folders are being watched. */
  readonly onReady: () => void;
  /** Told that changes may go unnoticed. */
  readonly onError: (error: Error) => void;
}

/** Makes an observer that looks at nothing yet. */
export function createObserver({ onEvent, ignores, onReady, onError }: ObserverOptions): Observer {
  const added = new Set<string>();
  let watcher: FSWatcher | undefined;
  const open = async (folders: string[]): Promise<FSWatcher> => {
    const chokidar = await import('chokidar');
    return (
      chokidar
        .watch(folders, { ignoreInitial: true, ignored: (file) => ignores(path.resolve(file)) })
        .on('all', (event, file) => onEvent(event, path.resolve(file)))
        .once('ready', onReady)
        // On Windows a folder that was removed is reported so; the one above it tells of its return.
        .on('error', (error) => (error as NodeJS.ErrnoException).code !== 'EPERM' && onError(error as Error))
    );
  };
  return {
    async add(folders) {
      const fresh = folders.filter((folder) => !added.has(folder));
      for (const folder of fresh) added.add(folder);
      if (watcher === undefined) watcher = await open(fresh);
      else if (fresh.length > 0) watcher.add(fresh);
    },
    close: async () => watcher?.close(),
  };
}
