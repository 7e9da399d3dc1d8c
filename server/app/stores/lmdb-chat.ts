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
import type { LmdbEnvironment } from './lmdb-open.ts';
import { byName, isStoredId } from './store.ts';

/** Keeps chat in an LMDB environment. Messages lie in the order of their channel, so that a page is one range. */
export function lmdbChat({ root, life, written }: LmdbEnvironment): ChatStore {
  const channels = root.openDB<StoredChannel, string>({ name: 'channels' });
  const messages = root.openDB<StoredMessage, [string, number]>({ name: 'messages' });
  const places = root.openDB<number, [string, string]>({ name: 'message-places' });
  const receipts = root.openDB<StoredReceipt, [string, string]>({ name: 'receipts' });

  const headOf = (channelId: string): number => {
    const newest = messages.getKeys({
      start: [channelId, Infinity],
      end: [channelId, 0],
      reverse: true,
      limit: 1,
    });
    return [...newest][0]?.[1] ?? 0;
  };
  const receiptOf = (channelId: string, userId: string): StoredReceipt =>
    (areIds(channelId, userId) ? receipts.get([channelId, userId]) : undefined) ?? emptyReceipt(userId);
  const where = (matches: (channel: StoredChannel) => boolean): StoredChannel[] =>
    [...channels.getRange().map(({ value }) => value)].filter(matches).sort(byName);

  /** Inside a write transaction only. */
  const add = (message: NewMessage): StoredMessage => {
    const { channelId, id } = message;
    const stored = { ...message, seq: headOf(channelId) + 1 };
    void messages.put([channelId, stored.seq], stored);
    void places.put([channelId, id], stored.seq);
    return stored;
  };

  return {
    ...life,
    channels: {
      get: async (id) => (isStoredId(id) ? channels.get(id) : undefined),
      of: async (userId) => where(({ memberIds }) => memberIds.includes(userId)),
      open: async () => where(({ kind }) => kind === 'open'),
      create: async (channel) => {
        if (!isStoredId(channel.id)) return false;
        return written(undefined, () => {
          if (channels.doesExist(channel.id)) return false;
          void channels.put(channel.id, channel);
          return true;
        });
      },
      change: (what, line, along) =>
        written(along, () => {
          const { channelId } = line;
          const channel = decideChange(isStoredId(channelId) ? channels.get(channelId) : undefined, what);
          if (!channel) return undefined;
          void channels.put(channelId, channel);
          return { channel, message: add(line) };
        }),
    },
    messages: {
      append: (message, along) => written(along, () => add(message)),
      get: async (channelId, messageId) => {
        const seq = areIds(channelId, messageId) ? places.get([channelId, messageId]) : undefined;
        return seq === undefined ? undefined : messages.get([channelId, seq]);
      },
      page: async (channelId, { before = Infinity, limit }) => {
        if (!isStoredId(channelId)) return { messages: [], more: false };
        // A reverse range leaves its end out and takes its start in.
        const range = messages.getRange({
          start: [channelId, before === Infinity ? before : before - 1],
          end: [channelId, 0],
          reverse: true,
          limit: limit + 1,
        });
        const found = [...range.map(({ value }) => value)];
        return { messages: found.slice(0, limit).reverse(), more: found.length > limit };
      },
    },
    receipts: {
      of: async (channelId) => {
        if (!isStoredId(channelId)) return [];
        const range = receipts.getRange({ start: [channelId, ''], end: [channelId, '\uffff'] });
        return [...range.map(({ value }) => value)];
      },
      get: async (channelId, userId) => receiptOf(channelId, userId),
      advance: async (channelId, userId, progress) => {
        if (!areIds(channelId, userId)) return undefined;
        return written(undefined, () => {
          const next = decideAdvance(receiptOf(channelId, userId), progress, headOf(channelId));
          if (next) void receipts.put([channelId, userId], next);
          return next;
        });
      },
    },
  };
}

function areIds(...ids: readonly unknown[]): boolean {
  return ids.every(isStoredId);
}
