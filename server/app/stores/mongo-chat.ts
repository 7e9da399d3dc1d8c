import {
  decideAdvance,
  decideChange,
  emptyReceipt,
  type ChatStore,
  type NewMessage,
  type StoredChannel,
  type StoredMessage,
  type StoredReceipt,
} from './chat-store.ts';
import {
  documentOf,
  insertOnce,
  mongoTransaction,
  withSession,
  type ChannelDocument,
  type MessageDocument,
  type Models,
  type WriteOptions,
} from './mongo-models.ts';
import type { StoreLife } from './mongo-store.ts';
import { byName, isStoredId } from './store.ts';

/**
 * Keeps chat in MongoDB. The document of a channel decides everything that happens in it: who is a member, and who gets
 * the next position. A message goes along with that decision.
 */
export function mongoChat({ channels, messages, receipts }: Models, life: StoreLife): ChatStore {
  const find = async (id: string): Promise<ChannelDocument | undefined> =>
    isStoredId(id) ? ((await channels.findById(id).lean()) ?? undefined) : undefined;
  const headOf = async (channelId: string): Promise<number> => (await find(channelId))?.head ?? 0;
  const receiptOf = async (channelId: string, userId: string): Promise<StoredReceipt> => {
    const found = await receipts.findById(`${channelId}/${userId}`).lean();
    if (!found) return emptyReceipt(userId);
    const { delivered, read, version } = found;
    return { userId, delivered, read, version };
  };

  /** Writes what is decided, unless the channel is not as it was read. */
  const set = async (
    before: ChannelDocument,
    fields: object,
    more: Pick<WriteOptions, 'session'> = { session: undefined },
  ): Promise<boolean> => {
    const { _id, head, memberIds } = before;
    const same = { _id, head, memberIds } as never;
    return (
      (await channels.collection.updateOne(same, { $set: fields }, withSession(more))).matchedCount === 1
    );
  };

  /** Decides, as part of a transaction, who is a member and which position a message gets. */
  const decide = (
    native: unknown,
    { before, next }: { readonly before: ChannelDocument | undefined; readonly next: StoredChannel },
    message: NewMessage,
  ): StoredMessage => {
    const stored = { ...message, seq: (before?.head ?? 0) + 1 };
    const tx = mongoTransaction(native);
    tx.write('channels', next.id, (luggage, more) => {
      if (before === undefined) return insertOnce(channels, { ...documentOf(next), head: stored.seq }, more);
      return set(before, { head: stored.seq, memberIds: next.memberIds, ...luggage }, more);
    });
    const { _id, ...$setOnInsert } = messageDocument(stored);
    tx.also('messages', [
      { updateOne: { filter: { _id: _id as never }, update: { $setOnInsert }, upsert: true } },
    ]);
    return stored;
  };

  const append: ChatStore['messages']['append'] = async (message, along) => {
    for (;;) {
      const read = async () => (await find(message.channelId)) ?? noSuchChannel(message.channelId);
      if (along !== undefined) {
        return along(async (native) => {
          const before = await read();
          return decide(native, { before, next: channelOf(before) }, message);
        });
      }
      const before = await read();
      const stored = { ...message, seq: before.head + 1 };
      if (!(await set(before, { head: stored.seq }))) continue;
      await messages.insertMany([messageDocument(stored)]);
      return stored;
    }
  };

  return {
    ...life,
    channels: {
      get: async (id) => channelOf(await find(id)),
      of: async (userId) => {
        if (!isStoredId(userId)) return [];
        return channelsOf(await channels.find({ memberIds: userId }).lean());
      },
      open: async () => channelsOf(await channels.find({ kind: 'open' }).lean()),
      create: async (channel) =>
        isStoredId(channel.id) && insertOnce(channels, { ...documentOf(channel), head: 0 }),
      change: (what, line, along) =>
        along(async (native) => {
          const before = await find(line.channelId);
          const next = decideChange(channelOf(before), what);
          return next && { channel: next, message: decide(native, { before, next }, line) };
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

function channelsOf(found: readonly ChannelDocument[]): StoredChannel[] {
  return found.map((each) => channelOf(each)).sort(byName);
}

function channelOf(document: ChannelDocument): StoredChannel;
function channelOf(document: ChannelDocument | undefined): StoredChannel | undefined;
function channelOf(document: ChannelDocument | undefined): StoredChannel | undefined {
  if (document === undefined) return undefined;
  const { _id: id, kind, name, memberIds } = document;
  return { id, kind, name, memberIds };
}

function noSuchChannel(id: string): never {
  throw new Error(`Channel ${id} does not exist.`);
}

function messageDocument({ id, ...fields }: StoredMessage): MessageDocument {
  return { ...fields, _id: `${fields.channelId}/${fields.seq}`, messageId: id };
}

function messageOf(document: MessageDocument): StoredMessage {
  const { _id, messageId, ...fields } = document;
  return { ...fields, id: messageId };
}
