import type { CollabHandlers, CollabServer, CollabServerOptions } from '../generated/collab.server.gen.ts';

/** Sets the user's presence, in every workspace that they have open. */
export const presenceHandlers: Pick<CollabHandlers, 'presence:update'> = {
  'presence:update': async ({ presence }, ctx) => {
    const userId = ctx.identity.id;
    for (const { workspaceId } of await ctx.presence.onlineUsers.update(userId, { presence })) {
      ctx.workspace({ workspaceId }).emit('presence:update', { workspaceId, userId, presence });
    }
    return {};
  },
};

/** Whom others see behind a connection. */
export const presentUsers: CollabServerOptions['presence'] = {
  onlineUsers: ({ id, name }, { known }) => ({
    id,
    name,
    presence: known?.presence ?? 'online',
    since: new Date(),
  }),
};

/** Tells a workspace who has just come. */
export function announceArrivals(collab: CollabServer): void {
  collab.presence.onlineUsers.onArrival(({ workspaceId }, users) => {
    for (const user of users)
      collab.workspace({ workspaceId }).emit('presence:online', { workspaceId, user });
  });
}
