import { ApiError, type Api, type TaskInput, type Workspace } from './api.ts';
import { createBoard } from './board.ts';
import { byId, fillSelect } from './dom.ts';
import type { CollabClient } from './generated/collab.client.gen.ts';
import type { OnlineUser } from './generated/collab.types.gen.ts';
import type { Notices } from './notices.ts';
import { showPeople } from './people.ts';
import { sentence } from './sentence.ts';
import { createTaskList } from './tasks.ts';
import { createTyping, sparingly } from './typing.ts';

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
  const workspaceId = workspace.id;
  const closed = new AbortController();
  const { signal } = closed;
  const tasks = createTaskList();
  const room = client.workspace({ workspaceId });
  const tellTyping = sparingly((taskId) => void client.userTyping({ workspaceId, taskId }));
  const nameOf = (userId: string) => workspace.members.find(({ id }) => id === userId)?.name ?? 'Somebody';
  let users: readonly OnlineUser[] = [];

  const board = createBoard({
    typing: ({ id }) => tellTyping(id),
    change: (task, changes) => void attempt(async () => tasks.put(await api.changeTask(task, changes))),
    remove: (task) =>
      void attempt(async () => {
        await api.deleteTask(task);
        tasks.remove(task.id);
      }),
  });
  const typing = createTyping(board.showTyping);

  const render = (): void => {
    if (signal.aborted) return;
    const all = tasks.all();
    const open = all.filter(({ status }) => status !== 'done').length;
    byId('board-summary', HTMLParagraphElement).textContent = `${open} open, ${all.length - open} done`;
    board.show(all, workspace.members);
  };

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      notices.toast(sentence(error));
      if (error instanceof ApiError && error.body.code === 'CONFLICT') await load();
    }
    render();
  };

  const load = async (): Promise<void> => {
    const begun = tasks.begin();
    try {
      tasks.reset(await api.tasks(workspaceId), begun);
      render();
    } catch (error) {
      if (!signal.aborted) notices.toast(sentence(error));
    }
  };

  const seeUsers = (next: readonly OnlineUser[]): void => {
    users = next;
    showPeople(users, me);
  };

  room.on(
    'task:created',
    ({ task }) => {
      tasks.put(task);
      if (task.createdBy !== me) notices.say(`${nameOf(task.createdBy)} added “${task.title}”`);
      render();
    },
    { signal },
  );
  room.on(
    'task:updated',
    (event) => {
      typing.stopped(event.taskId, event.updatedBy);
      if (tasks.change(event)) render();
      else void load();
    },
    { signal },
  );
  room.on(
    'task:deleted',
    ({ taskId, deletedBy }) => {
      const title = tasks.get(taskId)?.title;
      tasks.remove(taskId);
      if (deletedBy !== me && title) notices.toast(`${nameOf(deletedBy)} deleted “${title}”`);
      render();
    },
    { signal },
  );
  room.on('user:typing', (event) => event.userId !== me && typing.heard(event), { signal });
  room.on('online_users', (event) => seeUsers(event.users), { signal });
  room.on(
    'presence:update',
    ({ userId, presence }) => {
      seeUsers(users.map((user) => (user.id === userId ? { ...user, presence } : user)));
    },
    { signal },
  );

  // Everything that happened before a join, and while the connection was gone, is in the list.
  const seeStatus = (): void => {
    const status = room.status.getSnapshot();
    if (status.phase === 'joined') {
      seeUsers(status.data.users);
      void load();
    }
    if (status.phase === 'denied') notices.toast('You are not a member of this workspace.');
    if (status.phase === 'waiting') typing.clear();
  };
  const unwatch = room.status.subscribe(seeStatus);
  const lease = room.join();

  const form = byId('new-task', HTMLFormElement);
  const assignee = form.elements.namedItem('assigneeId') as HTMLSelectElement;
  fillSelect(assignee, [['', 'Unassigned'], ...workspace.members.map(({ id, name }) => [id, name] as const)]);
  form.addEventListener(
    'submit',
    (event) => {
      event.preventDefault();
      const title = form.elements.namedItem('title') as HTMLInputElement;
      const input: TaskInput = { title: title.value, assigneeId: assignee.value || null };
      void attempt(async () => {
        tasks.put(await api.createTask(workspaceId, input));
        form.reset();
        title.focus();
      });
    },
    { signal },
  );

  byId('board-title', HTMLHeadingElement).textContent = workspace.name;
  render();
  if (room.status.getSnapshot().phase === 'joined') seeStatus();

  return () => {
    closed.abort();
    unwatch();
    lease.release();
    typing.clear();
    board.clear();
    showPeople([], me);
  };
}
