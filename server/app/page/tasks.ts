import type { Task, TaskUpdatedEvent } from './generated/collab.types.gen.ts';

/**
 * The tasks of one workspace. A list that was fetched, events and answers may arrive in any order: a task's version
 * tells which is newer, and what was deleted stays deleted.
 */
export interface TaskList {
  /** Adds a task or replaces an older version of it. */
  put(task: Task): void;
  /** Applies a change; false where an earlier one is missing, and the list has to be fetched again. */
  change(event: TaskUpdatedEvent): boolean;
  remove(taskId: string): void;
  get(taskId: string): Task | undefined;
  /** Oldest first. */
  all(): readonly Task[];
  /** Takes a fetched list: what it does not have is gone, unless it came to be known after `begun`. */
  reset(tasks: readonly Task[], begun: number): void;
  /** A mark to fetch a list from; give it to `reset`. */
  begin(): number;
}

/** Makes an empty {@link TaskList}. */
export function createTaskList(): TaskList {
  const known = new Map<string, { readonly task: Task; readonly at: number }>();
  const removed = new Set<string>();
  let clock = 0;

  const put = (task: Task): void => {
    const before = known.get(task.id);
    if (removed.has(task.id) || (before && before.task.version >= task.version)) return;
    known.set(task.id, { task, at: ++clock });
  };

  return {
    put,
    change: ({ taskId, changes, version }) => {
      const before = known.get(taskId)?.task;
      if (removed.has(taskId) || (before && before.version >= version)) return true;
      if (before?.version !== version - 1) return false;
      const { notes, ...fields } = changes;
      const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      const next: Task = { ...before, ...present, version };
      if (notes === null) delete next.notes;
      else if (notes !== undefined) next.notes = notes;
      put(next);
      return true;
    },
    remove: (taskId) => {
      removed.add(taskId);
      known.delete(taskId);
    },
    get: (taskId) => known.get(taskId)?.task,
    all: () => [...known.values()].map(({ task }) => task).sort(byAge),
    reset: (tasks, begun) => {
      const listed = new Set(tasks.map(({ id }) => id));
      for (const [id, { at }] of known) if (at <= begun && !listed.has(id)) known.delete(id);
      for (const task of tasks) put(task);
    },
    begin: () => clock,
  };
}

function byAge(a: Task, b: Task): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
