import {
  decideAdvance,
  emptyReceipt,
  withMember,
  withoutMember,
  type ChatStore,
  type NewMessage,
  type StoredChannel,
  type StoredMessage,
  type StoredReceipt,
} from './chat-store.ts';
import { documentOf, entityOf, insertOnce, type MessageDocument, type Models } from './mongo-models.ts';
import type { StoreLife } from './mongo-store.ts';
import { byName, isStoredId } from './store.ts';

/** Keeps chat in MongoDB. A position is taken by whoever writes it first; everyone else takes the next one. */
export function mongoChat({ channels, messages, receipts }: Models, life: StoreLife): ChatStore {
  const channelOf = async (id: string): Promise<StoredChannel | undefined> =>
    isStoredId(id) ? entityOf<StoredChannel>(await channels.findById(id).lean()) : undefined;
  const headOf = async (channelId: string): Promise<number> =>
    (await messages.findOne({ channelId }).sort({ seq: -1 }).lean())?.seq ?? 0;
  const receiptOf = async (channelId: string, userId: string): Promise<StoredReceipt> => {
    const found = await receipts.findById(`${channelId}/${userId}`).lean();
    if (!found) return emptyReceipt(userId);
    const { delivered, read, version } = found;
    return { userId, delivered, read, version };
  };

  const change = async (
    id: string,
    decide: (channel: StoredChannel | undefined) => StoredChannel | undefined,
  ): Promise<StoredChannel | undefined> => {
    for (;;) {
      const before = await channelOf(id);
      const next = decide(before);
      if (!before || !next) return undefined;
      const unchanged = { _id: id, memberIds: before.memberIds };
      const written = await channels.replaceOne(unchanged, documentOf(next));
      if (written.matchedCount === 1) return next;
    }
  };

  const append = async (message: NewMessage): Promise<StoredMessage> => {
    for (;;) {
      const { id, ...fields } = message;
      const seq = (await headOf(message.channelId)) + 1;
      const document = { ...fields, _id: `${message.channelId}/${seq}`, messageId: id, seq };
      if (await insertOnce(messages, document)) return { ...message, seq };
    }
  };

  return {
    ...life,
    channels: {
      get: channelOf,
      of: async (userId) => {
        if (!isStoredId(userId)) return [];
        return channelsOf(await channels.find({ memberIds: userId }).lean());
      },
      open: async () => channelsOf(await channels.find({ kind: 'open' }).lean()),
      create: async (channel) => isStoredId(channel.id) && insertOnce(channels, documentOf(channel)),
      addMember: (id, userId) => change(id, (channel) => withMember(channel, userId)),
      removeMember: (id, userId) => change(id, (channel) => withoutMember(channel, userId)),
    },
    messages: {
      append,
      get: async (channelId, messageId) => {
        if (!isStoredId(channelId) || !isStoredId(messageId)) return undefined;
        const found = await messages.findOne({ channelId, messageId }).lean();
        return found ? messageOf(found) : undefined;
      },
      page: async (channelId, { before, limit }) => {
        if (!isStoredId(channelId)) return { messages: [], more: false };
        const range = before === undefined ? { channelId } : { channelId, seq: { $lt: before } };
        const found = await messages
          .find(range)
          .sort({ seq: -1 })
          .limit(limit + 1)
          .lean();
        return { messages: found.slice(0, limit).reverse().map(messageOf), more: found.length > limit };
      },
    },
    receipts: {
      of: async (channelId) => {
        const found = await receipts.find({ channelId }).sort({ userId: 1 }).lean();
        return found.map(({ userId, delivered, read, version }) => ({ userId, delivered, read, version }));
      },
      get: receiptOf,
      advance: async (channelId, userId, progress) => {
        if (!isStoredId(channelId) || !isStoredId(userId)) return undefined;
        for (;;) {
          const before = await receiptOf(channelId, userId);
          const next = decideAdvance(before, progress, await headOf(channelId));
          if (!next) return undefined;
          const document = { ...next, _id: `${channelId}/${userId}`, channelId };
          const written =
            before.version === 0
              ? await insertOnce(receipts, document)
              : (await receipts.replaceOne({ _id: document._id, version: before.version }, document))
                  .matchedCount === 1;
          if (written) return next;
        }
      },
    },
  };
}

function channelsOf(found: readonly Parameters<typeof entityOf<StoredChannel>>[0][]): StoredChannel[] {
  return found.flatMap((each) => entityOf<StoredChannel>(each) ?? []).sort(byName);
}

function messageOf({ _id, messageId, ...fields }: MessageDocument): StoredMessage {
  return { ...fields, id: messageId };
}
