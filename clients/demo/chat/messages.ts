import type { Message } from '../generated/chat.types.gen.ts';

/** A message in a thread. */
export interface Line {
  readonly message: Message;
  /** Whether it is being sent. */
  readonly isPending: boolean;
  /** The day, if it is the first message of that day. */
  readonly day: string | undefined;
  /** Whether it follows a recent message of the same author. */
  readonly goesOn: boolean;
}

/** Maximum time between messages of one author that are grouped, in milliseconds. */
const togetherMs = 5 * 60_000;

const draftPrefix = 'draft_';

/** A message that the server has not stored yet. */
export function draftOf(message: Omit<Message, 'createdAt' | 'id' | 'kind' | 'mentions' | 'seq'>): Message {
  const id = draftPrefix + crypto.getRandomValues(new Uint32Array(2)).join('_');
  const seq = Number.MAX_SAFE_INTEGER;
  return { ...message, id, kind: 'text', seq, mentions: [], createdAt: new Date() };
}

/** Whether the server has not stored it yet. */
export function isDraft({ id }: Pick<Message, 'id'>): boolean {
  return id.startsWith(draftPrefix);
}

/**
 * A thread: the newest messages without a gap, oldest first, then messages being sent. Older messages before a gap are
 * left out, so that scrolling back loads the missing ones first.
 */
export function threadOf(rows: readonly Message[], older: readonly Message[]): readonly Message[] {
  const bySeq = new Map([...older, ...rows.filter((row) => !isDraft(row))].map((row) => [row.seq, row]));
  const thread = rows.filter(isDraft);
  let seq = Math.max(0, ...bySeq.keys());
  for (let message = bySeq.get(seq); message; message = bySeq.get(--seq)) thread.unshift(message);
  return thread;
}

/** Groups the messages of a thread. */
export function linesOf(thread: readonly Message[], now = new Date()): readonly Line[] {
  return thread.map((message, index) => {
    const before = thread[index - 1];
    const startsDay = !before || before.createdAt.toDateString() !== message.createdAt.toDateString();
    return {
      message,
      isPending: isDraft(message),
      day: startsDay ? dayOf(message.createdAt, now) : undefined,
      goesOn:
        !startsDay &&
        before.kind === message.kind &&
        before.authorId === message.authorId &&
        message.replyTo === null &&
        message.createdAt.getTime() - before.createdAt.getTime() < togetherMs,
    };
  });
}

const days = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

function dayOf(date: Date, now: Date): string {
  if (date.toDateString() === now.toDateString()) return 'Today';
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return date.toDateString() === yesterday.toDateString() ? 'Yesterday' : days.format(date);
}
