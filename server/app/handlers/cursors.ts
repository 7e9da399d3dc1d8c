import type { CollabHandlers } from '../generated/collab.server.gen.ts';

/** Passes pointers on to the others, and says whose they are: a client's own word is not taken for that. */
export const cursorHandlers: Pick<CollabHandlers, 'cursor:move'> = {
  'cursor:move': ({ workspaceId, at }, ctx) => {
    const { id: userId, name: userName } = ctx.identity;
    ctx.workspace({ workspaceId }).exceptSender().emit('cursor:moved', { workspaceId, userId, userName, at });
  },
};
