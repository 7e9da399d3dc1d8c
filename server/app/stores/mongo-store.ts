import {
  documentOf,
  entityOf,
  insertOnce,
  mongoTransaction,
  withSession,
  type Models,
  type WriteOptions,
} from './mongo-models.ts';
import {
  byAge,
  byName,
  decideEdit,
  decideRotation,
  isStoredId,
  type EditOutcome,
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

  /** Sets a task's fields, unless somebody was first; what the document carries stays. */
  const replace = async (
    { task, before }: Extract<EditOutcome, { kind: 'updated' }>,
    set: object = {},
    more: Pick<WriteOptions, 'session'> = { session: undefined },
  ): Promise<boolean> => {
    const { _id, ...fields } = documentOf(task);
    const gone = Object.keys(before).filter((field) => !(field in task));
    const { matchedCount } = await tasks.collection.updateOne(
      { _id, workspaceId: task.workspaceId, version: before.version } as never,
      {
        $set: { ...fields, ...set },
        ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map((field) => [field, ''])) }),
      },
      withSession(more),
    );
    return matchedCount === 1;
  };

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
      create: async (task, along) => {
        if (!isStoredId(task.id)) return false;
        if (along === undefined) return insertOnce(tasks, documentOf(task));
        return along(async (native) => {
          if ((await tasks.exists({ _id: task.id })) !== null) return false;
          const insert = (_: unknown, more: WriteOptions) => insertOnce(tasks, documentOf(task), more);
          mongoTransaction(native).write('tasks', task.id, insert);
          return true;
        });
      },
      update: async (workspaceId, taskId, { along, ...edit }) => {
        const decide = async () => decideEdit(await taskOf(workspaceId, taskId), edit);
        if (along !== undefined) {
          return along(async (native) => {
            const outcome = await decide();
            if (outcome.kind === 'updated')
              mongoTransaction(native).write('tasks', taskId, (set, more) => replace(outcome, set, more));
            return outcome;
          });
        }
        for (;;) {
          const outcome = await decide();
          if (outcome.kind !== 'updated' || (await replace(outcome))) return outcome;
        }
      },
      remove: async (workspaceId, taskId, along) => {
        const remove = async (native?: unknown): Promise<StoredTask | undefined> => {
          const task = await taskOf(workspaceId, taskId);
          if (task === undefined) return undefined;
          const filter = { workspaceId, version: task.version };
          if (native === undefined) {
            const { deletedCount } = await tasks.deleteOne({ _id: taskId, ...filter });
            return deletedCount === 1 ? task : remove();
          }
          mongoTransaction(native).remove('tasks', taskId, { filter, hide: ['workspaceId'] });
          return task;
        };
        return along === undefined ? remove() : along(remove);
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
