import { documentOf, entityOf, insertOnce, type Models } from './mongo-models.ts';
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

/** The part of a store that belongs to the connection. */
export type StoreLife = Pick<Store, 'kind' | 'healthy' | 'close'>;

/**
 * Keeps users, workspaces, tasks and sessions in MongoDB. What was read is written back only if nobody else has changed
 * it meanwhile, and decided anew otherwise: no transaction is needed, so a single server does.
 */
export function mongoStore(models: Models, life: StoreLife): Store {
  const { users, workspaces, tasks, sessions } = models;

  const sessionOf = async (id: string): Promise<StoredSession | undefined> =>
    isStoredId(id) ? entityOf<StoredSession>(await sessions.findById(id).lean()) : undefined;
  const taskOf = async (workspaceId: string, id: string): Promise<StoredTask | undefined> =>
    isStoredId(id) && isStoredId(workspaceId)
      ? entityOf<StoredTask>(await tasks.findOne({ _id: id, workspaceId }).lean())
      : undefined;

  return {
    ...life,
    users: {
      get: async (id) => (isStoredId(id) ? entityOf<StoredUser>(await users.findById(id).lean()) : undefined),
      byUsername: async (username) => entityOf<StoredUser>(await users.findOne({ username }).lean()),
      getMany: async (ids) => {
        const found = await users.find({ _id: { $in: ids.filter(isStoredId) } }).lean();
        const byId = new Map(found.map((user) => [user._id, entityOf<StoredUser>(user)]));
        return ids.flatMap((id) => byId.get(id) ?? []);
      },
      put: async (user) => {
        await users.replaceOne({ _id: user.id }, documentOf(user), { upsert: true });
      },
    },
    workspaces: {
      get: async (id) =>
        isStoredId(id) ? entityOf<StoredWorkspace>(await workspaces.findById(id).lean()) : undefined,
      of: async (userId) => {
        if (!isStoredId(userId)) return [];
        const found = await workspaces.find({ memberIds: userId }).lean();
        return found.flatMap((each) => entityOf<StoredWorkspace>(each) ?? []).sort(byName);
      },
      put: async (workspace) => {
        await workspaces.replaceOne({ _id: workspace.id }, documentOf(workspace), { upsert: true });
      },
    },
    tasks: {
      list: async (workspaceId) => {
        if (!isStoredId(workspaceId)) return [];
        const found = await tasks.find({ workspaceId }).lean();
        return found.flatMap((each) => entityOf<StoredTask>(each) ?? []).sort(byAge);
      },
      get: taskOf,
      create: async (task) => isStoredId(task.id) && insertOnce(tasks, documentOf(task)),
      update: async (workspaceId, taskId, edit) => {
        for (;;) {
          const outcome = decideEdit(await taskOf(workspaceId, taskId), edit);
          if (outcome.kind !== 'updated') return outcome;
          const unchanged = { _id: taskId, workspaceId, version: outcome.before.version };
          const written = await tasks.replaceOne(unchanged, documentOf(outcome.task));
          if (written.matchedCount === 1) return outcome;
        }
      },
      remove: async (workspaceId, taskId) => {
        if (!isStoredId(workspaceId) || !isStoredId(taskId)) return undefined;
        const task = await taskOf(workspaceId, taskId);
        const { deletedCount } = await tasks.deleteOne({ _id: taskId, workspaceId });
        return deletedCount === 1 ? task : undefined;
      },
    },
    sessions: {
      get: sessionOf,
      put: async (session) => {
        await sessions.replaceOne({ _id: session.id }, documentOf(session), { upsert: true });
      },
      rotate: async (id, generation, expiresAt) => {
        for (;;) {
          const before = await sessionOf(id);
          const outcome = decideRotation(before, generation, expiresAt);
          if (!before || outcome.kind === 'missing') return outcome;
          const unchanged = { _id: id, generation: before.generation };
          const written =
            outcome.kind === 'rotated'
              ? (await sessions.replaceOne(unchanged, documentOf(outcome.session))).matchedCount
              : (await sessions.deleteOne(unchanged)).deletedCount;
          if (written === 1) return outcome;
        }
      },
      end: async (id) => isStoredId(id) && (await sessions.deleteOne({ _id: id })).deletedCount === 1,
      endAll: async (userId) => {
        const ids = (await sessions.find({ userId }).lean()).map(({ _id }) => _id);
        await sessions.deleteMany({ _id: { $in: ids } });
        return ids;
      },
      prune: async (now) => (await sessions.deleteMany({ expiresAt: { $lt: now } })).deletedCount,
    },
  };
}
