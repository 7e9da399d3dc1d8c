import type { CollabHandlers } from '../generated/collab.server.gen.ts';
import type { Presence } from '../presence.ts';

/** Entering and leaving workspaces. Who may enter was decided before a handler runs. */
export function workspaceHandlers(
  presence: Presence,
): Pick<CollabHandlers, 'workspace:join' | 'workspace:leave'> {
  return {
    'workspace:join': ({ workspaceId }, ctx) => ({
      users: [...presence.join(ctx.rawSocket.id, workspaceId)],
    }),
    'workspace:leave': ({ workspaceId }, ctx) => {
      presence.leave(ctx.rawSocket.id, workspaceId);
      return {};
    },
  };
}
