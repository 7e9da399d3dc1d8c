import type { Channel, ChannelSummary } from '../generated/chat.types.gen.ts';
import type { StoredChannel } from '../stores/chat-store.ts';
import type { ChatParts } from './chat.ts';
import { memberOf } from './members.ts';

/** Channels as clients see them. */
export interface Views {
  readonly membersOf: (channel: StoredChannel) => Promise<Channel['members']>;
  /** A channel as someone sees it: one of two people has the other's name. */
  readonly seenBy: (userId: string, channel: StoredChannel) => Promise<Channel>;
  readonly summaryFor: (userId: string, channel: StoredChannel) => Promise<ChannelSummary>;
}

/** Creates {@link Views}. */
export function createViews({ store, users }: Pick<ChatParts, 'store' | 'users'>): Views {
  const membersOf: Views['membersOf'] = async ({ memberIds }) =>
    (await users.getMany(memberIds)).map(memberOf);

  const seenBy: Views['seenBy'] = async (userId, channel) => {
    const members = await membersOf(channel);
    const other = members.find(({ id }) => id !== userId) ?? members[0];
    const name = channel.kind === 'direct' ? (other?.name ?? 'Nobody') : channel.name;
    return { id: channel.id, kind: channel.kind, name, members };
  };

  const summaryFor: Views['summaryFor'] = async (userId, channel) => {
    const [seen, newest, { read }] = await Promise.all([
      seenBy(userId, channel),
      store.messages.page(channel.id, { limit: 1 }),
      store.receipts.get(channel.id, userId),
    ]);
    return { ...seen, last: newest.messages[0] ?? null, read };
  };

  return { membersOf, seenBy, summaryFor };
}
