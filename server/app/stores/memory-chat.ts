import { memoryLog } from '@sockeye/server/stores/memory';
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
import { undoable } from './memory.ts';
import { byName, isStoredId } from './store.ts';

/** Keeps chat in memory, for tests and for trying things out; gone when the process ends. */
export function memoryChat(): ChatStore {
  const channels = new Map<string, StoredChannel>();
  const messages = new Map<string, StoredMessage[]>();
  const receipts = new Map<string, Map<string, StoredReceipt>>();

  const messagesOf = (channelId: string): readonly StoredMessage[] => messages.get(channelId) ?? [];
  const receiptOf = (channelId: string, userId: string): StoredReceipt =>
    receipts.get(channelId)?.get(userId) ?? emptyReceipt(userId);
  const change = (next: StoredChannel | undefined): StoredChannel | undefined => {
    if (next) channels.set(next.id, next);
    return copy(next);
  };
  const where = (matches: (channel: StoredChannel) => boolean): StoredChannel[] =>
    copy([...channels.values()].filter(matches).sort(byName));

  const add = (message: NewMessage): StoredMessage => {
    const all = messages.get(message.channelId) ?? [];
    messages.set(message.channelId, all);
    const stored = { ...copy(message), seq: all.length + 1 };
    all.push(stored);
    return stored;
  };
  const takeBack = ({ channelId, seq }: StoredMessage): void =>
    void messages.get(channelId)?.splice(seq - 1, 1);

  return {
    kind: 'memory',
    eventLog: memoryLog(),
    channels: {
      get: async (id) => copy(channels.get(id)),
      of: async (userId) => where(({ memberIds }) => memberIds.includes(userId)),
      open: async () => where(({ kind }) => kind === 'open'),
      create: async (channel) => {
        if (!isStoredId(channel.id) || channels.has(channel.id)) return false;
        channels.set(channel.id, copy(channel));
        return true;
      },
      change: async (what, line, along) =>
        undoable(along, () => {
          const before = channels.get(line.channelId);
          const channel = change(decideChange(before, what));
          if (!channel) return [undefined, () => undefined];
          const message = add(line);
          const undo = () => {
            takeBack(message);
            if (before === undefined) channels.delete(channel.id);
            else channels.set(channel.id, before);
          };
          return [{ channel, message: copy(message) }, undo];
        }),
    },
    messages: {
      append: async (message, along) => {
        if (along === undefined) return copy(add(message));
        return undoable(along, () => {
          const stored = add(message);
          return [copy(stored), () => takeBack(stored)];
        });
      },
      get: async (channelId, messageId) => copy(messagesOf(channelId).find(({ id }) => id === messageId)),
      page: async (channelId, { before, limit }) => {
        const older = messagesOf(channelId).slice(0, before === undefined ? undefined : before - 1);
        return { messages: copy(older.slice(-limit)), more: older.length > limit };
      },
    },
    receipts: {
      of: async (channelId) => copy([...(receipts.get(channelId)?.values() ?? [])].sort(byUser)),
      get: async (channelId, userId) => copy(receiptOf(channelId, userId)),
      advance: async (channelId, userId, progress) => {
        const next = decideAdvance(receiptOf(channelId, userId), progress, messagesOf(channelId).length);
        if (!next) return undefined;
        const all = receipts.get(channelId) ?? new Map<string, StoredReceipt>();
        receipts.set(channelId, all.set(userId, next));
        return copy(next);
      },
    },
    healthy: async () => true,
    close: async () => {},
  };
}

function byUser(a: StoredReceipt, b: StoredReceipt): number {
  return a.userId < b.userId ? -1 : 1;
}

/** What is stored and what is handed out never share an object, as with any real database. */
function copy<Value>(value: Value): Value {
  return structuredClone(value);
}
