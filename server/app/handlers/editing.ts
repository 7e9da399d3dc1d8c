import type { CollabHandlers } from '../generated/collab.server.gen.ts';

/** Forwards open editors to the others, with their owner. Nothing is stored. */
export const editingHandlers: Pick<CollabHandlers, 'editing:start' | 'editing:stop'> = {
  'editing:start': ({ workspaceId, taskId }, ctx) => {
    const { id: userId, name: userName } = ctx.identity;
    ctx
      .workspace({ workspaceId })
      .exceptSender()
      .emit('editing:start', { workspaceId, taskId, userId, userName });
  },
  'editing:stop': ({ workspaceId, taskId }, ctx) => {
    ctx
      .workspace({ workspaceId })
      .exceptSender()
      .emit('editing:stop', { workspaceId, taskId, userId: ctx.identity.id });
  },
};
