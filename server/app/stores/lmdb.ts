import type { Database } from 'lmdb';
import type { LmdbEnvironment } from './lmdb-open.ts';
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

/** Keeps users, workspaces, tasks and sessions in an LMDB environment. */
export function lmdbStore({ root, life, written }: LmdbEnvironment): Store {
  const users = root.openDB<StoredUser, string>({ name: 'users' });
  const usernames = root.openDB<string, string>({ name: 'usernames' });
  const workspaces = root.openDB<StoredWorkspace, string>({ name: 'workspaces' });
  const tasks = root.openDB<StoredTask, [string, string]>({ name: 'tasks' });
  const sessions = root.openDB<StoredSession, string>({ name: 'sessions' });

  const endWhere = (matches: (session: StoredSession) => boolean): Promise<string[]> =>
    written(undefined, () => {
      const ended = [...sessions.getRange().filter(({ value }) => matches(value))].map(({ key }) => key);
      for (const id of ended) void sessions.remove(id);
      return ended;
    });

  return {
    ...life,
    users: {
      get: async (id) => read(users, id),
      byUsername: async (username) => {
        const id = read(usernames, username);
        return id === undefined ? undefined : read(users, id);
      },
      getMany: async (ids) => ids.flatMap((id) => read(users, id) ?? []),
      put: async (user) => {
        await written(undefined, () => {
          const before = users.get(user.id);
          if (before) void usernames.remove(before.username);
          void users.put(user.id, user);
          void usernames.put(user.username, user.id);
        });
      },
    },
    workspaces: {
      get: async (id) => read(workspaces, id),
      of: async (userId) => {
        const all = [...workspaces.getRange().map(({ value }) => value)];
        return all.filter((workspace) => workspace.memberIds.includes(userId)).sort(byName);
      },
      put: async (workspace) => written(undefined, () => void workspaces.put(workspace.id, workspace)),
    },
    tasks: {
      list: async (workspaceId) => {
        if (!isStoredId(workspaceId)) return [];
        const range = tasks.getRange({ start: [workspaceId, ''], end: [workspaceId, '\uffff'] });
        return [...range.map(({ value }) => value)].sort(byAge);
      },
      get: async (workspaceId, taskId) =>
        areIds(workspaceId, taskId) ? tasks.get([workspaceId, taskId]) : undefined,
      create: async (task, along) => {
        if (!areIds(task.workspaceId, task.id)) return false;
        const key: [string, string] = [task.workspaceId, task.id];
        return written(along, () => {
          if (tasks.doesExist(key)) return false;
          void tasks.put(key, task);
          return true;
        });
      },
      update: async (workspaceId, taskId, edit) => {
        if (!areIds(workspaceId, taskId)) return { kind: 'missing' };
        return written(edit.along, () => {
          const outcome = decideEdit(tasks.get([workspaceId, taskId]), edit);
          if (outcome.kind === 'updated') void tasks.put([workspaceId, taskId], outcome.task);
          return outcome;
        });
      },
      remove: async (workspaceId, taskId, along) => {
        if (!areIds(workspaceId, taskId)) return undefined;
        return written(along, () => {
          const task = tasks.get([workspaceId, taskId]);
          if (task) void tasks.remove([workspaceId, taskId]);
          return task;
        });
      },
    },
    sessions: {
      get: async (id) => read(sessions, id),
      put: async (session) => written(undefined, () => void sessions.put(session.id, session)),
      rotate: async (id, generation, expiresAt) => {
        if (!isStoredId(id)) return { kind: 'missing' };
        return written(undefined, () => {
          const outcome = decideRotation(sessions.get(id), generation, expiresAt);
          if (outcome.kind === 'rotated') void sessions.put(id, outcome.session);
          if (outcome.kind === 'reused') void sessions.remove(id);
          return outcome;
        });
      },
      end: async (id) => {
        if (!isStoredId(id)) return false;
        return written(undefined, () => {
          if (!sessions.doesExist(id)) return false;
          void sessions.remove(id);
          return true;
        });
      },
      endAll: (userId) => endWhere((session) => session.userId === userId),
      prune: async (now) => (await endWhere((session) => session.expiresAt < now)).length,
    },
  };
}

/** LMDB refuses keys of more than 1,978 bytes with an exception; such an id is merely missing. */
function read<Value>(database: Database<Value, string>, id: string): Value | undefined {
  return isStoredId(id) ? database.get(id) : undefined;
}

function areIds(...ids: readonly unknown[]): boolean {
  return ids.every(isStoredId);
}
