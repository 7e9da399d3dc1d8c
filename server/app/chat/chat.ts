import type { Logger } from 'pino';
import type { ChatServer } from '../generated/chat.server.gen.ts';
import type { Channel, ChannelSummary, ChatIdentity, Page, Receipt } from '../generated/chat.types.gen.ts';
import type { Inbox } from '../inbox.ts';
import type { ChatStore, PageRequest, Progress, StoredChannel, StoredMessage } from '../stores/chat-store.ts';
import type { Store } from '../stores/store.ts';
import { createTell } from '../tell.ts';
import { createMembership } from './membership.ts';
import { createMessages } from './messages.ts';
import { createReading } from './reading.ts';
import { createViews } from './views.ts';

/** Someone who acts in chat. */
export type ChatUser = Pick<ChatIdentity, 'id' | 'name' | 'role'>;

/** What a person wrote. */
export interface Draft {
  readonly channelId: string;
  readonly text: string;
  /** The message that is answered; null for none. */
  readonly replyTo: string | null;
}

/** Runs work in one transaction of the event log. */
export type Transaction = ChatServer['transaction'];

/** The operations of chat, for sockets, routes and the bot. Unless stated otherwise, callers authorize before. */
export interface Chat {
  list(user: ChatUser): Promise<ChannelSummary[]>;
  browse(): Promise<Channel[]>;
  /** Whether someone may open a channel: only members, and only administrators if it is restricted to them. */
  mayOpen(user: ChatUser, channelId: string): Promise<boolean>;
  open(user: ChatUser, channelId: string): Promise<{ channel: Channel; page: Page; receipts: Receipt[] }>;
  create(user: ChatUser, channel: Pick<StoredChannel, 'name' | 'kind'>): Promise<Channel>;
  /** The channel of two people, created if there is none; undefined if the user does not exist. */
  direct(user: ChatUser, userId: string): Promise<Channel | undefined>;
  /** Adds a member, who may be one already; returns the reason if that is not allowed or impossible. */
  add(by: ChatUser, channelId: string, userId: string): Promise<Channel | 'FORBIDDEN' | 'NO_SUCH_USER'>;
  /** Ends a membership; false if that is not allowed. */
  remove(by: ChatUser, channelId: string, userId: string): Promise<boolean>;
  history(channelId: string, page: PageRequest): Promise<Page>;
  /**
   * Stores a message, then notifies the members; undefined if the message that it answers does not exist.
   *
   * @param transaction The transaction of a command whose answer is the message. Default: a new one.
   */
  send(author: ChatUser, draft: Draft, transaction?: Transaction): Promise<StoredMessage | undefined>;
  advance(user: ChatUser, channelId: string, progress: Progress): Promise<void>;
}

/** Options of {@link createChat}. */
export interface ChatParts {
  readonly store: ChatStore;
  readonly users: Store['users'];
  readonly inbox: Inbox;
  /** The running server, which needs the handlers that need this. */
  readonly server: () => ChatServer;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Creates {@link Chat}. Failures after the commit are logged, not thrown: the write has succeeded. */
export function createChat(parts: ChatParts): Chat {
  const tell = createTell(parts.log, 'a chat change was stored but could not be sent');
  const views = createViews(parts);
  return {
    ...createReading(parts, views),
    ...createMembership({ ...parts, views, tell }),
    ...createMessages({ ...parts, tell }),
  };
}
