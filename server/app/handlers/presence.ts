import type { CollabHandlers } from '../generated/collab.server.gen.ts';
import type { Presence } from '../presence.ts';

/** Setting one's own presence, in every workspace that one has open. */
export function presenceHandlers(presence: Presence): Pick<CollabHandlers, 'presence:update'> {
  return {
    'presence:update': ({ presence: value }, ctx) => {
      const userId = ctx.identity.id;
      for (const workspaceId of presence.set(userId, value)) {
        ctx.workspace({ workspaceId }).emit('presence:update', { workspaceId, userId, presence: value });
      }
      return {};
    },
  };
}
