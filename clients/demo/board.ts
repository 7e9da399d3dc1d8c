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

/** How often an open task is reported, in milliseconds; less than half of how long the others remember it. */
export const editingEveryMs = 5_000;

/** How long the delete button asks for confirmation, in milliseconds. */
export const askBackMs = 4_000;

/** The tasks of one column, the oldest first. */
export function columnOf(tasks: readonly Task[], status: Task['status']): readonly Task[] {
  return tasks
    .filter((task) => task.status === status)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** A title that is being written, and the task as it was when that began. */
export interface TitleDraft {
  readonly text: string;
  readonly of: Task;
}

/**
 * What a finished draft asks to change, and of which state of the task: the newest one, unless somebody else has
 * changed the title meanwhile. Undefined where nothing is asked for.
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

/** How much is done, as a line. */
export function summaryOf(tasks: readonly Task[]): string {
  const open = tasks.filter(({ status }) => status !== 'done').length;
  return `${open} open, ${tasks.length - open} done`;
}

/** Changes of a board's tasks: shown at once, taken back with a sentence where the server refuses. */
export interface TaskActions {
  /** Resolves with whether the server has made it. */
  readonly create: (task: NewTask) => Promise<boolean>;
  readonly change: (task: Task, edit: TaskEdit) => void;
  readonly remove: (task: Task) => void;
}

/** What {@link createTaskActions} stands on. */
export interface TaskActionParts {
  readonly workspaceId: string;
  /** The generated room's collection. */
  readonly tasks: CollectionStore<Task, Task['id']>;
  readonly api: Api;
  /** Who is signed in. */
  readonly userId: string;
  /** Tells what went wrong. */
  readonly tell: (problem: string) => void;
}

/** Makes the actions of one board. */
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
      // A title is somebody's words: the server refuses to write over ones that were not seen.
      const version = edit.title === undefined ? {} : { version: task.version };
      void attempt(tasks.update(task.id, edit, () => api.changeTask(task, { ...edit, ...version })));
    },
    remove: (task) => void attempt(tasks.remove(task.id, () => api.deleteTask(task))),
  };
}

/** A task as it is shown until the server has made it. */
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
