import type { Store } from '@sockeye/client';
import type { Me } from '../api.ts';
import type { Message } from '../generated/chat.types.gen.ts';
import { sentence } from '../sentence.ts';
import { createStore } from '../store.ts';
import type { ChatCalls } from './calls.ts';
import { draftOf } from './messages.ts';

/** Messages older than those that came with the join. */
export interface Older {
  readonly messages: readonly Message[];
  readonly isLoading: boolean;
}

/** Actions in one channel. */
export interface Thread {
  readonly older: Store<Older>;
  /** Loads the messages before a known one. */
  readonly loadEarlier: (before: number) => Promise<void>;
  /** Sends a message and shows it at once. False if the server refused it, in which case an error is shown. */
  readonly send: (text: string, replyTo: Message | undefined) => Promise<boolean>;
  /** Call it with the current draft: others see that the user is typing until it is empty. */
  readonly write: (text: string) => void;
  /** Call it when the message with this number is visible to the user. */
  readonly read: (seq: number) => void;
}

/** Options of {@link createThread}. */
export interface ThreadParts {
  readonly chat: ChatCalls;
  readonly channelId: string;
  readonly me: Me;
  /** Shows an error. */
  readonly tell: (problem: string) => void;
}

/** How often the user's typing is reported, in milliseconds. */
const typingEveryMs = 3_000;

/** Creates a {@link Thread}. */
export function createThread({ chat, channelId, me, tell }: ThreadParts): Thread {
  const older = createStore<Older>({ messages: [], isLoading: false });
  let typedAt: number | undefined;
  let seen = 0;
  return {
    older,
    loadEarlier: async (before) => {
      const { messages, isLoading } = older.getSnapshot();
      if (isLoading) return;
      older.set({ messages, isLoading: true });
      const page = await chat.messageHistory({ channelId, before, limit: 30 });
      if (!page.ok) tell(sentence(page.error));
      older.set({ messages: page.ok ? [...page.data.messages, ...messages] : messages, isLoading: false });
    },
    send: async (text, answered) => {
      typedAt = undefined;
      const replyTo = answered ? { replyTo: answered.id } : {};
      const row = draftOf({
        channelId,
        text,
        authorId: me.id,
        authorName: me.name,
        replyTo: answered ? { id: answered.id, authorName: answered.authorName, text: answered.text } : null,
      });
      const result = await chat
        .channel({ channelId })
        .messages.create(row, () => chat.messageSend({ channelId, text, ...replyTo }), {
          match: (told) => told.authorId === me.id && told.kind === 'text' && told.text === text,
        });
      if (!result.ok) tell(sentence(result.error));
      return result.ok;
    },
    write: (text) => {
      const now = performance.now();
      if (text.trim() === '') {
        if (typedAt !== undefined) chat.typingStop({ channelId });
        typedAt = undefined;
      } else if (typedAt === undefined || now - typedAt >= typingEveryMs) {
        chat.typingStart({ channelId });
        typedAt = now;
      }
    },
    read: (seq) => {
      if (seq <= seen) return;
      seen = seq;
      void chat.messageRead({ channelId, seq }).then((result) => {
        if (!result.ok && seen === seq) seen = 0;
      });
    },
  };
}
