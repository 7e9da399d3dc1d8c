import type { Page } from '../generated/chat.types.gen.ts';
import type { StoredMessage } from '../stores/chat-store.ts';
import type { Chat, ChatParts } from './chat.ts';
import { isOpenTo } from './members.ts';
import type { Views } from './views.ts';

/** The part of chat that only reads. */
export type Reading = Pick<Chat, 'list' | 'browse' | 'mayOpen' | 'open' | 'history'>;

/** How many messages a channel opens with. */
const firstPage = 50;

/** Creates {@link Reading}. */
export function createReading({ store }: Pick<ChatParts, 'store'>, { seenBy, summaryFor }: Views): Reading {
  return {
    list: async ({ id, role }) => {
      const mine = await store.channels.of(id);
      const open = mine.filter(({ kind }) => kind !== 'admins' || role === 'admin').slice(0, 1_000);
      return Promise.all(open.map((channel) => summaryFor(id, channel)));
    },
    browse: async () => {
      const open = (await store.channels.open()).slice(0, 1_000);
      return Promise.all(open.map((channel) => seenBy('', channel)));
    },
    mayOpen: async ({ id, role }, channelId) => {
      const channel = await store.channels.get(channelId);
      return channel !== undefined && isOpenTo(channel, id, role);
    },
    open: async ({ id }, channelId) => {
      const channel = await store.channels.get(channelId);
      if (!channel) throw new Error(`Channel ${channelId} does not exist.`);
      const [seen, page, receipts] = await Promise.all([
        seenBy(id, channel),
        store.messages.page(channelId, { limit: firstPage }),
        store.receipts.of(channelId),
      ]);
      const members = new Set(channel.memberIds);
      return {
        channel: seen,
        page: pageOf(page),
        receipts: receipts.filter(({ userId }) => members.has(userId)),
      };
    },
    history: async (channelId, page) => pageOf(await store.messages.page(channelId, page)),
  };
}

function pageOf({
  messages,
  more,
}: {
  readonly messages: readonly StoredMessage[];
  readonly more: boolean;
}): Page {
  return { messages: [...messages], more };
}
