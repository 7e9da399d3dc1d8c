import { describe, expect, test } from 'vitest';
import type { Task, TaskUpdatedEvent } from './generated/collab.types.gen.ts';
import { createTaskList } from './tasks.ts';

const at = new Date('2026-11-21T08:00:00Z');

const task = (over: Partial<Task> = {}): Task => ({
  id: 'tsk_one',
  workspaceId: 'ws_one',
  title: 'Write it down',
  status: 'todo',
  priority: 'normal',
  assigneeId: null,
  labels: [],
  createdBy: 'u_ada',
  createdAt: at,
  updatedAt: at,
  version: 1,
  ...over,
});

const change = (version: number, changes: TaskUpdatedEvent['changes']): TaskUpdatedEvent => ({
  workspaceId: 'ws_one',
  taskId: 'tsk_one',
  updatedBy: 'u_bob',
  changes,
  version,
});

describe('a task list', () => {
  test('keeps the newer version, whichever came first', () => {
    const tasks = createTaskList();
    tasks.put(task({ version: 2, title: 'newer' }));
    tasks.put(task({ version: 1, title: 'older' }));
    expect(tasks.get('tsk_one')?.title).toBe('newer');
  });

  test('applies the next change and ignores one that it has', () => {
    const tasks = createTaskList();
    tasks.put(task({ notes: 'old' }));
    expect(tasks.change(change(2, { title: 'new', notes: null }))).toBe(true);
    expect(tasks.change(change(2, { title: 'again' }))).toBe(true);
    expect(tasks.get('tsk_one')).toEqual(task({ title: 'new', version: 2 }));
  });

  test('asks for the list when a change is missing, or the task itself', () => {
    const tasks = createTaskList();
    expect(tasks.change(change(2, { title: 'new' }))).toBe(false);
    tasks.put(task());
    expect(tasks.change(change(3, { title: 'newest' }))).toBe(false);
    expect(tasks.get('tsk_one')?.version).toBe(1);
  });

  test('does not bring back what was deleted', () => {
    const tasks = createTaskList();
    tasks.put(task());
    tasks.remove('tsk_one');
    tasks.put(task({ version: 9 }));
    tasks.reset([task({ version: 9 })], tasks.begin());
    expect(tasks.change(change(2, { title: 'late' }))).toBe(true);
    expect(tasks.all()).toEqual([]);
  });

  test('drops what a fetched list no longer has, but nothing that came in meanwhile', () => {
    const tasks = createTaskList();
    tasks.put(task({ id: 'tsk_gone' }));
    const begun = tasks.begin();
    tasks.put(task({ id: 'tsk_live' }));
    tasks.reset([task({ id: 'tsk_kept' })], begun);
    expect(tasks.all().map(({ id }) => id)).toEqual(['tsk_kept', 'tsk_live']);
  });
});
