import type { CollectionStore, Result } from '@sockeye/client';
import type { Api, NewTask, TaskEdit } from './api.ts';
import type { Task } from './generated/collab.types.gen.ts';
import { sentence } from './sentence.ts';

/** Columns of the board, in order. */
export const columns = [
  ['todo', 'To do'],
  ['doing', 'Doing'],
  ['done', 'Done'],
] as const satisfies readonly (readonly [Task['status'], string])[];

/** Priorities of a task, in order. */
export const priorities = [
  ['low', 'Low'],
  ['normal', 'Normal'],
  ['high', 'High'],
] as const satisfies readonly (readonly [Task['priority'], string])[];

/** How often the user's typing is reported, in milliseconds. */
export const typingEveryMs = 1_500;

/** How often an open task is reported, in milliseconds; less than half of its time to live. */
export const editingEveryMs = 5_000;

/** How long the delete button asks for confirmation, in milliseconds. */
export const askBackMs = 4_000;

/** The tasks of one column, oldest first. */
export function columnOf(tasks: readonly Task[], status: Task['status']): readonly Task[] {
  return tasks
    .filter((task) => task.status === status)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** A title being edited, and the task as it was when editing started. */
export interface TitleDraft {
  readonly text: string;
  readonly of: Task;
}

/**
 * The change that a finished draft makes, and the version it applies to: the newest, unless someone else changed the
 * title meanwhile. Undefined if nothing changed.
 */
export function renameOf(
  draft: TitleDraft | undefined,
  task: Task,
): { readonly of: Task; readonly title: string } | undefined {
  if (!draft) return undefined;
  const title = draft.text.replaceAll(/\s+/g, ' ').trim();
  if (title === '' || title === draft.of.title) return undefined;
  return { of: draft.of.title === task.title ? task : draft.of, title };
}

/** Progress, as a line. */
export function summaryOf(tasks: readonly Task[]): string {
  const open = tasks.filter(({ status }) => status !== 'done').length;
  return `${open} open, ${tasks.length - open} done`;
}

/** Changes tasks: shown at once, rolled back with a message if the server refuses. */
export interface TaskActions {
  /** Resolves with whether the server created it. */
  readonly create: (task: NewTask) => Promise<boolean>;
  readonly change: (task: Task, edit: TaskEdit) => void;
  readonly remove: (task: Task) => void;
}

/** Options of {@link createTaskActions}. */
export interface TaskActionParts {
  readonly workspaceId: string;
  /** The generated room's collection. */
  readonly tasks: CollectionStore<Task, Task['id']>;
  readonly api: Api;
  /** The signed-in user. */
  readonly userId: string;
  /** Shows an error. */
  readonly tell: (problem: string) => void;
}

/** Creates the actions of one board. */
export function createTaskActions(parts: TaskActionParts): TaskActions {
  const { workspaceId, tasks, api, userId, tell } = parts;
  const attempt = async (edit: Promise<Result<unknown>>): Promise<boolean> => {
    const result = await edit;
    if (!result.ok) tell(sentence(result.error));
    return result.ok;
  };
  return {
    create: (input) => {
      const row = draftOf(input, workspaceId, userId);
      const match = (told: Task): boolean => told.createdBy === userId && told.title === row.title;
      return attempt(tasks.create(row, () => api.createTask(workspaceId, input), { match }));
    },
    change: (task, edit) => {
      // The server refuses to overwrite a title that this user has not seen.
      const version = edit.title === undefined ? {} : { version: task.version };
      void attempt(tasks.update(task.id, edit, () => api.changeTask(task, { ...edit, ...version })));
    },
    remove: (task) => void attempt(tasks.remove(task.id, () => api.deleteTask(task))),
  };
}

/** A task as shown until the server has created it. */
function draftOf(input: NewTask, workspaceId: string, userId: string): Task {
  const at = new Date();
  return {
    ...input,
    id: `draft_${crypto.getRandomValues(new Uint32Array(2)).join('_')}`,
    workspaceId,
    status: 'todo',
    labels: [],
    createdBy: userId,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}
