import type { CollabHandlers } from '../generated/collab.server.gen.ts';

/** Passes typing on to the others, and says who it is: a client's own word is not taken for that. */
export const typingHandlers: Pick<CollabHandlers, 'user:typing'> = {
  'user:typing': ({ workspaceId, taskId }, ctx) => {
    const { id: userId, name: userName } = ctx.identity;
    ctx
      .workspace({ workspaceId })
      .exceptSender()
      .emit('user:typing', { workspaceId, taskId, userId, userName });
  },
};
