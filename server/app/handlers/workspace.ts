import type { CollabHandlers } from '../generated/collab.server.gen.ts';
import { byName } from '../stores/store.ts';

/** Entering and leaving workspaces. Who may enter was decided before a handler runs. */
export const workspaceHandlers: Pick<CollabHandlers, 'workspace:join' | 'workspace:leave'> = {
  'workspace:join': async ({ workspaceId }, ctx) => {
    const users = await ctx.presence.onlineUsers.list({ workspaceId });
    return { users: [...users].sort(byName) };
  },
  'workspace:leave': () => ({}),
};
