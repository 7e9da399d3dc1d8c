import type { CollabHandlers } from '../generated/collab.server.gen.ts';

/** Forwards typing to the others. The user's id comes from the identity, not from the client. */
export const typingHandlers: Pick<CollabHandlers, 'user:typing'> = {
  'user:typing': ({ workspaceId, taskId }, ctx) => {
    const { id: userId, name: userName } = ctx.identity;
    ctx
      .workspace({ workspaceId })
      .exceptSender()
      .emit('user:typing', { workspaceId, taskId, userId, userName });
  },
};
