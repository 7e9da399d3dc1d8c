import { botUser } from './bot.ts';
import { hashPassword } from './passwords.ts';
import { addDemoChat } from './demo-chat.ts';
import type { ChatStore } from './stores/chat-store.ts';
import type { Store, StoredTask } from './stores/store.ts';

/** The password of every demo user. */
export const demoPassword = 'sockeye-demo';

/** People to sign in as. Alice may send announcements; Carol shares only one workspace with the others. */
export const demoUsers = [
  { id: 'u_alice', username: 'alice', name: 'Alice Moreau', email: 'alice@example.com', admin: true },
  { id: 'u_bob', username: 'bob', name: 'Bob Lindqvist', email: 'bob@example.com', admin: false },
  { id: 'u_carol', username: 'carol', name: 'Carol Adeyemi', email: 'carol@example.com', admin: false },
] as const;

/** What the demo users share. */
export const demoWorkspaces = [
  {
    id: 'ws_design',
    name: 'Design studio',
    memberIds: ['u_alice', 'u_bob', 'u_carol', botUser.id],
    projects: [
      { id: 'prj_brand', name: 'New brand' },
      { id: 'prj_board', name: 'Board redesign' },
    ],
  },
  { id: 'ws_launch', name: 'Website launch', memberIds: ['u_alice', 'u_bob'] },
  { id: 'ws_books', name: 'Quarterly books', memberIds: ['u_carol'] },
] as const;

/** Where demo data goes. */
export interface DemoStores {
  readonly store: Store;
  readonly chatStore: ChatStore;
}

/** Adds the demo users, workspaces and tasks that are not there yet; what was changed since is left alone. */
export async function addDemoData(stores: DemoStores, now: Date, passwordCost?: number): Promise<void> {
  const { store } = stores;
  // One hash for all: the password is public, and hashing is made to be slow.
  let passwordHash: string | undefined;
  for (const user of demoUsers) {
    if (await store.users.get(user.id)) continue;
    passwordHash ??= await hashPassword(demoPassword, passwordCost);
    await store.users.put({ ...user, passwordHash });
  }
  for (const workspace of demoWorkspaces) {
    if (await store.workspaces.get(workspace.id)) continue;
    await store.workspaces.put(workspace);
    for (const task of demoTasks(workspace, now)) await store.tasks.create(task);
  }
  await addDemoChat(stores, now);
}

type Sketch = Pick<StoredTask, 'title' | 'status'> & Partial<StoredTask>;

const sketches: Readonly<Record<(typeof demoWorkspaces)[number]['id'], readonly Sketch[]>> = {
  ws_design: [
    {
      title: 'Collect colours from the old brand book',
      status: 'done',
      assigneeId: 'u_carol',
      labels: ['brand'],
      projectId: 'prj_brand',
    },
    {
      title: 'Draw the empty states',
      status: 'doing',
      assigneeId: 'u_bob',
      labels: ['illustration'],
      projectId: 'prj_board',
    },
    {
      title: 'Check contrast on every screen',
      status: 'doing',
      priority: 'high',
      assigneeId: 'u_alice',
      labels: ['a11y'],
      projectId: 'prj_board',
    },
    { title: 'Invite five people to try the board', status: 'todo', labels: ['research'] },
    {
      title: 'Pick a typeface for headings',
      status: 'todo',
      priority: 'low',
      labels: ['brand'],
      projectId: 'prj_brand',
    },
  ],
  ws_launch: [
    {
      title: 'Write the announcement',
      status: 'doing',
      priority: 'high',
      assigneeId: 'u_alice',
      labels: ['copy'],
    },
    { title: 'Rehearse the demo', status: 'todo', assigneeId: 'u_bob' },
  ],
  ws_books: [{ title: 'Close the month', status: 'todo', assigneeId: 'u_carol' }],
};

function demoTasks(workspace: (typeof demoWorkspaces)[number], now: Date): StoredTask[] {
  const mine = sketches[workspace.id];
  return mine.map((sketch, index) => {
    const createdAt = new Date(now.getTime() - (mine.length - index) * 60_000);
    return {
      id: `tsk_${workspace.id.slice(3)}_${index + 1}`,
      workspaceId: workspace.id,
      priority: 'normal',
      assigneeId: null,
      labels: [],
      createdBy: workspace.memberIds[0],
      createdAt,
      updatedAt: createdAt,
      version: 1,
      ...sketch,
    };
  });
}
