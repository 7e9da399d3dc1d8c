import { memoryLog, type MemoryTransaction } from '@sockeye/server/stores/memory';
import {
  byAge,
  byName,
  decideEdit,
  decideRotation,
  isStoredId,
  type Along,
  type Store,
  type StoredSession,
  type StoredTask,
  type StoredUser,
  type StoredWorkspace,
} from './store.ts';

/** Keeps everything in memory, for tests and for trying things out; gone when the process ends. */
export function memoryStore(): Store {
  const users = new Map<string, StoredUser>();
  const workspaces = new Map<string, StoredWorkspace>();
  const tasks = new Map<string, Map<string, StoredTask>>();
  const sessions = new Map<string, StoredSession>();

  const boardOf = (workspaceId: string): Map<string, StoredTask> => {
    const board = tasks.get(workspaceId) ?? new Map<string, StoredTask>();
    tasks.set(workspaceId, board);
    return board;
  };

  /** Writes one task within a transaction of the event log, and takes it back when that fails. */
  const written = async <Outcome>(
    { workspaceId, id }: Pick<StoredTask, 'workspaceId' | 'id'>,
    write: (board: Map<string, StoredTask>) => Outcome,
    along: Along<Outcome> | undefined,
  ): Promise<Outcome> => {
    const board = boardOf(workspaceId);
    return along === undefined
      ? write(board)
      : undoable(along, () => {
          const before = board.get(id);
          const undo = () => {
            if (before === undefined) board.delete(id);
            else board.set(id, before);
          };
          return [write(board), undo];
        });
  };

  const endWhere = (matches: (session: StoredSession) => boolean): string[] => {
    const ended = [...sessions.values()].filter(matches).map((session) => session.id);
    for (const id of ended) sessions.delete(id);
    return ended;
  };

  return {
    kind: 'memory',
    eventLog: memoryLog(),
    users: {
      get: async (id) => copy(users.get(id)),
      byUsername: async (username) => copy([...users.values()].find((user) => user.username === username)),
      getMany: async (ids) => ids.flatMap((id) => copy(users.get(id)) ?? []),
      put: async (user) => void users.set(user.id, copy(user)),
    },
    workspaces: {
      get: async (id) => copy(workspaces.get(id)),
      of: async (userId) =>
        copy([...workspaces.values()].filter((w) => w.memberIds.includes(userId)).sort(byName)),
      put: async (workspace) => void workspaces.set(workspace.id, copy(workspace)),
    },
    tasks: {
      list: async (workspaceId) => copy([...(tasks.get(workspaceId)?.values() ?? [])].sort(byAge)),
      get: async (workspaceId, taskId) => copy(tasks.get(workspaceId)?.get(taskId)),
      create: async (task, along) => {
        if (!isStoredId(task.id)) return false;
        const write = (board: Map<string, StoredTask>) => {
          if (board.has(task.id)) return false;
          board.set(task.id, copy(task));
          return true;
        };
        return written(task, write, along);
      },
      update: async (workspaceId, id, { along, ...edit }) => {
        const write = (board: Map<string, StoredTask>) => {
          const outcome = decideEdit(board.get(id), copy(edit));
          if (outcome.kind === 'updated') board.set(id, outcome.task);
          return copy(outcome);
        };
        return written({ workspaceId, id }, write, along);
      },
      remove: async (workspaceId, id, along) => {
        const write = (board: Map<string, StoredTask>) => {
          const task = board.get(id);
          board.delete(id);
          return task;
        };
        return written({ workspaceId, id }, write, along);
      },
    },
    sessions: {
      get: async (id) => copy(sessions.get(id)),
      put: async (session) => void sessions.set(session.id, copy(session)),
      rotate: async (id, generation, expiresAt) => {
        const outcome = decideRotation(sessions.get(id), generation, expiresAt);
        if (outcome.kind === 'rotated') sessions.set(id, outcome.session);
        if (outcome.kind === 'reused') sessions.delete(id);
        return copy(outcome);
      },
      end: async (id) => sessions.delete(id),
      endAll: async (userId) => endWhere((session) => session.userId === userId),
      prune: async (now) => endWhere((session) => session.expiresAt < now).length,
    },
    healthy: async () => true,
    close: async () => {},
  };
}

/** What is stored and what is handed out never share an object, as with any real database. */
function copy<Value>(value: Value): Value {
  return structuredClone(value);
}

/** Writes within a transaction of an event log, and takes it back should that fail. */
export function undoable<Outcome>(
  along: Along<Outcome>,
  write: () => readonly [Outcome, undo: () => void],
): Promise<Outcome> {
  let undo: (() => void) | undefined;
  const takeBack = (): void => {
    undo?.();
    undo = undefined;
  };
  const done = along((native) => {
    const [outcome, step] = write();
    undo = step;
    (native as Partial<MemoryTransaction>).onRollback?.(takeBack);
    return outcome;
  });
  return done.catch((error: unknown) => {
    takeBack();
    throw error;
  });
}
