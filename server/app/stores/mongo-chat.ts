import { withoutOutbox, type FurtherWrite } from '@sockeye/server/stores/mongo';
import {
  decideAdvance,
  decideChange,
  emptyReceipt,
  withMember,
  withoutMember,
  type ChannelChange,
  type ChatStore,
  type NewMessage,
  type StoredChannel,
  type StoredMessage,
  type StoredReceipt,
} from './chat-store.ts';
import {
  documentOf,
  entityOf,
  insertOnce,
  mongoTransaction,
  type MessageDocument,
  type Models,
  type WriteOptions,
} from './mongo-models.ts';
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

  const placed = async (message: NewMessage): Promise<StoredMessage> => {
    return { ...message, seq: (await headOf(message.channelId)) + 1 };
  };
  const insert = ({ id, ...fields }: StoredMessage, within?: WriteOptions): Promise<boolean> =>
    insertOnce(messages, { ...fields, _id: placeOf(fields), messageId: id }, within);
  const insertInside = (native: unknown, message: StoredMessage): StoredMessage => {
    mongoTransaction(native).write('messages', placeOf(message), (_, more) => insert(message, more));
    return message;
  };

  const append: ChatStore['messages']['append'] = async (message, along) => {
    if (along !== undefined) return along(async (native) => insertInside(native, await placed(message)));
    for (;;) {
      const stored = await placed(message);
      if (await insert(stored)) return stored;
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
      change: (what, line, along) =>
        along(async (native) => {
          const channel = decideChange(await channelOf(line.channelId), what);
          if (!channel) return undefined;
          const message = insertInside(native, await placed(line));
          mongoTransaction(native).also('channels', [writeOf(line.channelId, what)]);
          return { channel, message };
        }),
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

function placeOf({ channelId, seq }: Pick<StoredMessage, 'channelId' | 'seq'>): string {
  return `${channelId}/${seq}`;
}

/** The same change, however often it is written. */
function writeOf(id: string, change: ChannelChange): FurtherWrite {
  const filter = { _id: id } as never;
  if (change.kind === 'create') {
    const { _id, ...fields } = documentOf(change.channel);
    return { updateOne: { filter, update: { $setOnInsert: fields }, upsert: true } };
  }
  const members = { memberIds: change.userId };
  const update = change.kind === 'add' ? { $addToSet: members } : { $pull: members as never };
  return { updateOne: { filter, update } };
}

function channelsOf(found: readonly Parameters<typeof entityOf<StoredChannel>>[0][]): StoredChannel[] {
  return found.flatMap((each) => entityOf<StoredChannel>(each) ?? []).sort(byName);
}

function messageOf(document: MessageDocument): StoredMessage {
  const { _id, messageId, ...fields } = withoutOutbox(document);
  return { ...fields, id: messageId };
}
