import type { Api, Workspace } from '../../../clients/demo/api.ts';
import { createTaskActions, summaryOf, typingEveryMs } from '../../../clients/demo/board.ts';
import { textOf } from '../../../clients/demo/form.ts';
import { sparingly } from '../../../clients/demo/pace.ts';
import { createBoard } from './board.ts';
import { byId, fillSelect } from './dom.ts';
import type { CollabClient } from './generated/collab.client.gen.ts';
import type { Task } from './generated/collab.types.gen.ts';
import type { Notices } from './notices.ts';
import { showPeople } from './people.ts';

/** What a workspace on the page stands on. */
export interface WorkspaceParts {
  readonly workspace: Workspace;
  readonly client: CollabClient;
  readonly api: Api;
  readonly notices: Notices;
  /** Id of whoever is signed in. */
  readonly me: string;
}

/** Shows one workspace until the function that is returned is called. */
export function showWorkspace({ workspace, client, api, notices, me }: WorkspaceParts): () => void {
  const { id: workspaceId, members } = workspace;
  const closed = new AbortController();
  const { signal } = closed;
  const { toasts } = notices;
  const problem = (text: string): void => toasts.show(text, 'problem');
  const room = client.workspace({ workspaceId });
  const actions = createTaskActions({ workspaceId, tasks: room.tasks, api, userId: me, tell: problem });
  const tellTyping = sparingly<string>(typingEveryMs, (taskId) => client.userTyping({ workspaceId, taskId }));
  const board = createBoard({ ...actions, typing: ({ id }) => tellTyping(id) });
  const nameOf = (userId: string) => members.find(({ id }) => id === userId)?.name ?? 'Somebody';

  let shown: readonly Task[] = [];

  const showTasks = (): void => {
    const { rows, status } = room.tasks.getSnapshot();
    shown = rows;
    const summary = status === 'error' ? 'The tasks could not be loaded.' : summaryOf(rows);
    byId('board-summary', HTMLParagraphElement).textContent = status === 'loading' ? '' : summary;
    const editors = [...room.editing.getSnapshot(), ...room.typing.getSnapshot()];
    board.show({ tasks: rows, members, editors, me });
  };
  const showUsers = (): void => {
    const told = room.onlineUsers.getSnapshot();
    showPeople(told?.total ? told.users : (room.status.getSnapshot().data?.users ?? []), me);
  };
  const seeStatus = (): void => {
    showUsers();
    if (room.status.getSnapshot().phase === 'denied') problem('You are not a member of this workspace.');
  };

  room.on(
    'task:created',
    ({ task }) => {
      if (task.createdBy !== me) toasts.say(`${nameOf(task.createdBy)} added “${task.title}”`);
    },
    { signal },
  );
  room.on(
    'task:deleted',
    ({ taskId, deletedBy }) => {
      const title = shown.find(({ id }) => id === taskId)?.title;
      if (deletedBy !== me && title) toasts.show(`${nameOf(deletedBy)} deleted “${title}”`);
    },
    { signal },
  );

  const form = byId('new-task', HTMLFormElement);
  fillSelect(form.elements.namedItem('assigneeId') as HTMLSelectElement, [
    ['', 'Unassigned'],
    ...members.map(({ id, name }) => [id, name] as const),
  ]);
  const create = async (): Promise<void> => {
    const field = form.elements.namedItem('title') as HTMLInputElement;
    const title = field.value.trim();
    if (title === '') return;
    const task = { title, assigneeId: textOf(form, 'assigneeId') || null, priority: 'normal' } as const;
    form.reset();
    field.focus();
    // What was refused goes back into the field, unless the next is being written.
    if (!(await actions.create(task)) && field.value === '') field.value = title;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void create();
  };
  form.addEventListener('submit', submit, { signal });

  byId('board-title', HTMLHeadingElement).textContent = workspace.name;
  const stops = [
    ...[room.tasks, room.editing, room.typing].map((store) => store.subscribe(showTasks)),
    room.onlineUsers.subscribe(showUsers),
    room.status.subscribe(seeStatus),
  ];
  const lease = room.join();
  showTasks();
  showUsers();

  return () => {
    closed.abort();
    for (const stop of stops) stop();
    lease.release();
    board.clear();
    showPeople([], me);
  };
}
