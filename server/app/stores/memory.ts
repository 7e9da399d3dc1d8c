import {
  byAge,
  byName,
  decideEdit,
  decideRotation,
  isStoredId,
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

  const endWhere = (matches: (session: StoredSession) => boolean): string[] => {
    const ended = [...sessions.values()].filter(matches).map((session) => session.id);
    for (const id of ended) sessions.delete(id);
    return ended;
  };

  return {
    kind: 'memory',
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
      create: async (task) => {
        const board = tasks.get(task.workspaceId) ?? new Map<string, StoredTask>();
        if (!isStoredId(task.id) || board.has(task.id)) return false;
        tasks.set(task.workspaceId, board.set(task.id, copy(task)));
        return true;
      },
      update: async (workspaceId, taskId, edit) => {
        const board = tasks.get(workspaceId);
        const outcome = decideEdit(board?.get(taskId), copy(edit));
        if (outcome.kind === 'updated') board?.set(taskId, outcome.task);
        return copy(outcome);
      },
      remove: async (workspaceId, taskId) => {
        const board = tasks.get(workspaceId);
        const task = board?.get(taskId);
        board?.delete(taskId);
        return task;
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
