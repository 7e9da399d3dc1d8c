import type { CollabHandlers } from '../generated/collab.server.gen.ts';

/** Forwards pointers to the others. The user's id comes from the identity, not from the client. */
export const cursorHandlers: Pick<CollabHandlers, 'cursor:move'> = {
  'cursor:move': ({ workspaceId, at }, ctx) => {
    const { id: userId, name: userName } = ctx.identity;
    ctx.workspace({ workspaceId }).exceptSender().emit('cursor:moved', { workspaceId, userId, userName, at });
  },
};
