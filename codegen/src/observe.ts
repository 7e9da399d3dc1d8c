import path from 'node:path';
import type { FSWatcher } from 'chokidar';

/** Watches folders for changes. */
export interface Observer {
  /** Watches these folders, too. */
  add(folders: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface ObserverOptions {
  /** Called for every change: `add`, `change`, `unlink`, `addDir` or `unlinkDir`, and the absolute path. */
  readonly onEvent: (event: string, file: string) => void;
  /** Whether to ignore a file or folder, by its absolute path. */
  readonly ignores: (file: string) => boolean;
  /** Called when the first folders are being watched. */
  readonly onReady: () => void;
  /** Called when changes may go unnoticed. */
  readonly onError: (error: Error) => void;
}

/** Creates an observer that does not watch anything yet. */
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
        // On Windows, this reports a removed folder; its parent reports when it returns.
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
