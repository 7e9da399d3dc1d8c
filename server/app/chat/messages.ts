import { randomUUID } from 'node:crypto';
import type { Kept } from '../inbox.ts';
import type { NewMessage, StoredChannel, StoredMessage } from '../stores/chat-store.ts';
import { andThen } from '../stores/store.ts';
import type { Tell } from '../tell.ts';
import type { Chat, ChatParts, Transaction } from './chat.ts';
import { mentionedIn, quoteOf } from './message-text.ts';
import { tellMembers } from './tell-members.ts';

/** The part of chat that writes messages and receipts. */
export type Messages = Pick<Chat, 'send' | 'advance'>;

/** Options of {@link createMessages}. */
export interface MessagesParts extends Pick<ChatParts, 'store' | 'users' | 'inbox' | 'server' | 'now'> {
  readonly tell: Tell;
}

/** Creates {@link Messages}. */
export function createMessages({ store, users, inbox, server, now, tell }: MessagesParts): Messages {
  const ownTransaction: Transaction = (work) => server().transaction(work);

  /** Stores a message, tells it and keeps what its readers should know, all or nothing. */
  const append = async (
    message: NewMessage,
    keep: (native: unknown, made: StoredMessage) => readonly (Kept | Promise<Kept>)[],
    transaction: Transaction,
  ): Promise<{ readonly stored: StoredMessage; readonly kept: readonly Kept[] }> => {
    let kept: readonly Kept[] = [];
    const stored = await store.messages.append(message, (write) =>
      transaction((tx) =>
        andThen(write(tx.native), (made) => {
          tx.channel({ channelId: made.channelId }).publish('message:new', made);
          return andThen(together(keep(tx.native, made)), (all) => {
            kept = all;
            return made;
          });
        }),
      ),
    );
    return { stored, kept };
  };

  const advance: Chat['advance'] = async ({ id: userId }, channelId, progress) => {
    const receipt = await store.receipts.advance(channelId, userId, progress);
    if (!receipt) return;
    tell(() => server().channel({ channelId }).emit('message:receipt', { channelId, receipt }));
    if (progress.read === undefined) return;
    const changes = { read: receipt.read };
    tell(() => server().user({ userId }).emit('channel:updated', { channelId, changes }));
  };

  const keepMentions = (channel: StoredChannel, message: StoredMessage, native: unknown) =>
    message.mentions
      .filter((userId) => userId !== message.authorId)
      .map((userId) =>
        inbox.keep(native, userId, {
          kind: 'mention',
          title: `${message.authorName} mentioned you`.slice(0, 120),
          body: message.text.slice(0, 1_000),
          channelId: channel.id,
          from: { id: message.authorId, name: message.authorName },
        }),
      );

  return {
    send: async (author, { channelId, text, replyTo }, transaction = ownTransaction) => {
      const channel = await store.channels.get(channelId);
      const answered = replyTo === null ? undefined : await store.messages.get(channelId, replyTo);
      if (!channel || (replyTo !== null && !answered)) return undefined;
      const message: NewMessage = {
        id: `msg_${randomUUID()}`,
        channelId,
        kind: 'text',
        authorId: author.id,
        authorName: author.name,
        text,
        replyTo: answered ? quoteOf(answered) : null,
        mentions: mentionedIn(text, await users.getMany(channel.memberIds)),
        createdAt: now(),
      };
      const keep = (native: unknown, made: StoredMessage) => keepMentions(channel, made, native);
      const { stored, kept } = await append(message, keep, transaction);
      tell(() => tellMembers(server(), channel, { last: stored }));
      // Whoever answers has read what stands above.
      await advance(author, channelId, { read: stored.seq });
      for (const each of kept) await inbox.tell(each);
      return stored;
    },
    advance,
  };
}

/** All of some values: at once where all are there already. */
function together<Value>(
  values: readonly (Value | Promise<Value>)[],
): readonly Value[] | Promise<readonly Value[]> {
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values)
    : (values as readonly Value[]);
}
