import { failure, type CollectionStore } from '@sockeye/client';
import { expect, test } from 'vitest';
import type { Api } from './api.ts';
import { columnOf, createTaskActions, renameOf, summaryOf } from './board.ts';
import type { Task } from './generated/collab.types.gen.ts';
import { editingLine, editorsOf, hueOf, initials } from './person.ts';
import { facesOf } from './people.ts';

const task = (changes: Partial<Task> = {}): Task => ({
  id: 'tsk_1',
  workspaceId: 'ws_1',
  title: 'Draw',
  status: 'todo',
  priority: 'normal',
  assigneeId: null,
  labels: [],
  createdBy: 'u_1',
  createdAt: new Date(1),
  updatedAt: new Date(1),
  version: 1,
  ...changes,
});

test.each([
  ['nothing was written', undefined, task(), undefined],
  ['nothing is left', { text: '  ', of: task() }, task(), undefined],
  ['the same was written', { text: ' Draw ', of: task() }, task(), undefined],
  ['more was written', { text: 'Draw\n a fish ', of: task() }, task(), { of: task(), title: 'Draw a fish' }],
  [
    'something else changed meanwhile: that is seen',
    { text: 'Paint', of: task() },
    task({ status: 'done', version: 2 }),
    { of: task({ status: 'done', version: 2 }), title: 'Paint' },
  ],
  [
    'the title changed meanwhile: that was not seen',
    { text: 'Paint', of: task() },
    task({ title: 'Sketch', version: 2 }),
    { of: task(), title: 'Paint' },
  ],
])('a title is changed where %s', (_, draft, now, want) => {
  expect(renameOf(draft, now)).toEqual(want);
});

test('a column holds its tasks, the oldest first', () => {
  const tasks = [
    task({ id: 'b', createdAt: new Date(2) }),
    task({ id: 'c', status: 'done' }),
    task({ id: 'a', createdAt: new Date(2) }),
    task({ id: 'd', createdAt: new Date(1) }),
  ];
  expect(columnOf(tasks, 'todo').map(({ id }) => id)).toEqual(['d', 'a', 'b']);
  expect(summaryOf(tasks)).toBe('3 open, 1 done');
});

test('only a new title names the version that was seen; a refusal is told', async () => {
  const sent: object[] = [];
  const told: string[] = [];
  const tasks = { update: (_key: string, _changes: object, run: () => unknown) => Promise.resolve(run()) };
  const actions = createTaskActions({
    workspaceId: 'ws_1',
    tasks: tasks as unknown as CollectionStore<Task, string>,
    api: {
      changeTask: (_task: Task, edit: object) => {
        sent.push(edit);
        return Promise.resolve(failure({ code: 'CONFLICT', message: '', retryable: false }));
      },
    } as unknown as Api,
    userId: 'u_1',
    tell: (problem) => told.push(problem),
  });
  actions.change(task({ version: 7 }), { status: 'done' });
  actions.change(task({ version: 7 }), { title: 'Paint' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toEqual([{ status: 'done' }, { title: 'Paint', version: 7 }]);
  expect(told).toEqual([
    'Someone else changed this task first. You now see their version.',
    'Someone else changed this task first. You now see their version.',
  ]);
});

test.each([
  [[], ''],
  [['Bob Lindqvist'], 'Bob is editing…'],
  [['Bob Lindqvist', 'Carol'], 'Bob and Carol are editing…'],
  [['Bob', 'Carol', 'Dan'], 'Bob and 2 others are editing…'],
])('%j edit: %s', (names, want) => expect(editingLine(names)).toBe(want));

test('who edits a task counts once, and oneself not at all', () => {
  const entries = [
    { taskId: 't', userId: 'u_bob', userName: 'Bob' },
    { taskId: 't', userId: 'u_bob', userName: 'Bob' },
    { taskId: 't', userId: 'u_me', userName: 'Me' },
    { taskId: 'other', userId: 'u_carol', userName: 'Carol' },
  ];
  expect(editorsOf(entries, 't', 'u_me')).toEqual(['Bob']);
});

test('people are shown by their letters, in colours of their own', () => {
  expect(['Alice Moreau', 'Élodie', '', 'Ana de la Cruz'].map(initials)).toEqual(['AM', 'É', '', 'AC']);
  expect(new Set(['u_alice', 'u_bob', 'u_carol'].map(hueOf)).size).toBe(3);
});

test('five faces are shown, oneself last, and the others counted', () => {
  const users = 'abcdefg'
    .split('')
    .map((id) => ({ id, name: id, presence: 'online' as const, since: new Date(0) }));
  const { faces, more } = facesOf(users, 'c');
  expect(more).toBe(2);
  expect(faces.length).toBe(5);
  expect(faces.at(-1)?.label).toBe('c (you), online');
});
