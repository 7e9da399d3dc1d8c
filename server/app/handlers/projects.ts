import type { CollabHandlers } from '../generated/collab.server.gen.ts';
import type { Store } from '../stores/store.ts';

/** Following the tasks of one project. Who may was decided before a handler runs. */
export function projectHandlers(store: Store): Pick<CollabHandlers, 'task:subscribe' | 'task:unsubscribe'> {
  return {
    'task:subscribe': async ({ workspaceId, projectId }) => {
      const tasks = await store.tasks.list(workspaceId);
      return { tasks: tasks.filter((task) => task.projectId === projectId) };
    },
    'task:unsubscribe': () => ({}),
  };
}

/** Whether someone may follow a project: it is one of a workspace that they belong to. */
export async function mayFollow(
  store: Store,
  userId: string,
  project: { readonly workspaceId: string; readonly projectId: string },
): Promise<boolean> {
  const workspace = await store.workspaces.get(project.workspaceId);
  if (!workspace?.memberIds.includes(userId)) return false;
  return workspace.projects?.some(({ id }) => id === project.projectId) ?? false;
}
