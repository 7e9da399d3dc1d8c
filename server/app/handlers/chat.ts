import type { Chat } from '../chat/chat.ts';
import type { ChatHandlers } from '../generated/chat.server.gen.ts';

/** Handlers of chat. Who may enter a channel, and that a caller is in it, was decided before a handler runs. */
export function chatHandlers(chat: Chat): ChatHandlers {
  return {
    'channel:list': async (_, ctx) => ({ channels: await chat.list(ctx.identity) }),
    'channel:browse': async () => ({ channels: await chat.browse() }),
    'channel:join': ({ channelId }, ctx) => chat.open(ctx.identity, channelId),
    'channel:leave': () => ({}),
    'channel:create': (channel, ctx) => chat.create(ctx.identity, channel),
    'direct:open': async ({ userId }, ctx) =>
      (await chat.direct(ctx.identity, userId)) ?? ctx.fail('NO_SUCH_USER', { userId }),
    'member:add': async ({ channelId, userId }, ctx) => {
      const channel = await chat.add(ctx.identity, channelId, userId);
      if (channel === 'FORBIDDEN') return ctx.fail('FORBIDDEN', { room: channelId });
      return channel === 'NO_SUCH_USER' ? ctx.fail('NO_SUCH_USER', { userId }) : channel;
    },
    'member:remove': async ({ channelId, userId }, ctx) =>
      (await chat.remove(ctx.identity, channelId, userId)) ? {} : ctx.fail('FORBIDDEN', { room: channelId }),
    'message:history': ({ channelId, before, limit }) =>
      chat.history(channelId, { before, limit: limit ?? 50 }),
    'message:send': async ({ channelId, text, replyTo }, ctx) =>
      (await chat.send(ctx.identity, { channelId, text, replyTo: replyTo ?? null }, (work) =>
        ctx.transaction(work),
      )) ?? ctx.fail('NO_SUCH_MESSAGE', { messageId: replyTo ?? '' }),
    'message:delivered': async ({ channelId, seq }, ctx) => {
      await chat.advance(ctx.identity, channelId, { delivered: seq });
      return {};
    },
    'message:read': async ({ channelId, seq }, ctx) => {
      await chat.advance(ctx.identity, channelId, { read: seq });
      return {};
    },
    'typing:start': ({ channelId }, ctx) => {
      const { id: userId, name: userName } = ctx.identity;
      ctx.channel({ channelId }).exceptSender().emit('typing:start', { channelId, userId, userName });
    },
    'typing:stop': ({ channelId }, ctx) => {
      const { id: userId, name: userName } = ctx.identity;
      ctx.channel({ channelId }).exceptSender().emit('typing:stop', { channelId, userId, userName });
    },
  };
}
