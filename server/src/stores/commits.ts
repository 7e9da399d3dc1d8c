import type { Commit, LogListener } from './log.ts';

/** Commits of one process, told to whoever subscribed to their rooms. */
export interface Commits {
  subscribe(room: string, listener: LogListener): () => void;
  /** Tells of a commit; undefined where one may have been missed. */
  tell(room: string, commit: Commit | undefined): void;
  /** Rooms that someone listens to. */
  readonly rooms: Iterable<string>;
}

/** Creates a register of listeners. */
export function createCommits(): Commits {
  const byRoom = new Map<string, Set<LogListener>>();
  return {
    subscribe(room, listener) {
      const listeners = byRoom.get(room) ?? new Set();
      byRoom.set(room, listeners.add(listener));
      return () => {
        if (listeners.delete(listener) && listeners.size === 0 && byRoom.get(room) === listeners)
          byRoom.delete(room);
      };
    },
    tell(room, commit) {
      for (const listener of byRoom.get(room) ?? []) listener(commit);
    },
    get rooms() {
      return byRoom.keys();
    },
  };
}
