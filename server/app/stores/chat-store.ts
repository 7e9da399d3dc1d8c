import type { EventLog } from '@sockeye/server';
import type * as z from 'zod';
import type { ChannelKind, Message, Receipt } from '../../../contracts/chat/schemas.ts';
import type { Along } from './store.ts';

/** A message as the application sees it: dates are `Date`s. */
export type StoredMessage = z.output<typeof Message>;

/** A message before it has a place in its channel. */
export type NewMessage = Omit<StoredMessage, 'seq'>;

/** How far a member has come in a channel. */
export type StoredReceipt = z.output<typeof Receipt>;

/** A channel, and who belongs to it. */
export interface StoredChannel {
  readonly id: string;
  readonly kind: z.output<typeof ChannelKind>;
  /** Empty for a direct channel, which each of the two sees under the other's name. */
  readonly name: string;
  /** In the order in which they came. */
  readonly memberIds: readonly string[];
}

/** What becomes of a channel together with a line about it. */
export type ChannelChange =
  | { readonly kind: 'create'; readonly channel: StoredChannel }
  | { readonly kind: 'add' | 'remove'; readonly userId: string };

/** A channel after a change, and the line about it. */
export interface Noted {
  readonly channel: StoredChannel;
  readonly message: StoredMessage;
}

/** How far a member says it has come. What is left out, or lower than what is stored, changes nothing. */
export interface Progress {
  readonly delivered?: number;
  readonly read?: number;
}

/** Which messages to read. */
export interface PageRequest {
  /** Only what comes before this position. Default: from the newest on. */
  readonly before?: number | undefined;
  /** How many at most. */
  readonly limit: number;
}

/** Messages in a row, the oldest first. */
export interface MessagePage {
  readonly messages: readonly StoredMessage[];
  /** Whether there are older ones still. */
  readonly more: boolean;
}

/**
 * Where chat is stored. An id that cannot exist counts as missing. Every write is atomic, and visible to all later
 * reads once its promise has resolved.
 */
export interface ChatStore {
  /** For logs and the health endpoint. */
  readonly kind: string;
  /** The event log whose transactions can carry messages; closed with the store. Absent where it has none. */
  readonly eventLog?: EventLog;
  readonly channels: {
    get(id: string): Promise<StoredChannel | undefined>;
    /** Channels that a user is a member of, by name. */
    of(userId: string): Promise<readonly StoredChannel[]>;
    /** Open channels, by name, whoever is a member. */
    open(): Promise<readonly StoredChannel[]>;
    /** Adds a channel. False, and no change, where its id is taken. */
    create(channel: StoredChannel): Promise<boolean>;
    /** Changes the channel of a line and adds the line, both or neither; undefined where the change is none. */
    change(
      change: ChannelChange,
      line: NewMessage,
      along: Along<Noted | undefined>,
    ): Promise<Noted | undefined>;
  };
  readonly messages: {
    /** Adds a message at the end of its channel and gives it the next position. */
    append(message: NewMessage, along?: Along<StoredMessage>): Promise<StoredMessage>;
    get(channelId: string, messageId: string): Promise<StoredMessage | undefined>;
    page(channelId: string, request: PageRequest): Promise<MessagePage>;
  };
  readonly receipts: {
    /** Those of everyone who has ever got a message of the channel, by user. */
    of(channelId: string): Promise<readonly StoredReceipt[]>;
    get(channelId: string, userId: string): Promise<StoredReceipt>;
    /** Moves a member on, never back and never beyond the newest message; undefined where that is no change. */
    advance(channelId: string, userId: string, progress: Progress): Promise<StoredReceipt | undefined>;
  };
  /** Whether reads and writes work. Never rejects. */
  healthy(): Promise<boolean>;
  /** Finishes pending writes and closes files and connections. Can be called twice. */
  close(): Promise<void>;
}

/** The receipt of someone who has not got anything yet. */
export function emptyReceipt(userId: string): StoredReceipt {
  return { userId, delivered: 0, read: 0, version: 0 };
}

/** Decides an advance, so that every store decides alike: what to write, or undefined for no change. */
export function decideAdvance(
  receipt: StoredReceipt,
  progress: Progress,
  head: number,
): StoredReceipt | undefined {
  const read = Math.max(receipt.read, Math.min(progress.read ?? 0, head));
  // Whoever has read a message has got it.
  const delivered = Math.max(receipt.delivered, Math.min(progress.delivered ?? 0, head), read);
  if (read === receipt.read && delivered === receipt.delivered) return undefined;
  return { ...receipt, read, delivered, version: receipt.version + 1 };
}

/** Decides a change, so that every store decides alike: the channel after it, or undefined for no change. */
export function decideChange(
  channel: StoredChannel | undefined,
  change: ChannelChange,
): StoredChannel | undefined {
  switch (change.kind) {
    case 'create':
      return channel === undefined ? change.channel : undefined;
    case 'add':
      return withMember(channel, change.userId);
    case 'remove':
      return withoutMember(channel, change.userId);
  }
}

/** A channel with one member more; undefined where that is no change. */
function withMember(channel: StoredChannel | undefined, userId: string): StoredChannel | undefined {
  if (!channel || channel.memberIds.includes(userId)) return undefined;
  return { ...channel, memberIds: [...channel.memberIds, userId] };
}

/** A channel with one member less; undefined where that is no change. */
function withoutMember(channel: StoredChannel | undefined, userId: string): StoredChannel | undefined {
  if (!channel?.memberIds.includes(userId)) return undefined;
  return { ...channel, memberIds: channel.memberIds.filter((id) => id !== userId) };
}
