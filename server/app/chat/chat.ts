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

/** What chat can do, for sockets, routes and the bot alike. Who may do it was decided before, where it says nothing. */
export interface Chat {
  list(user: ChatUser): Promise<ChannelSummary[]>;
  browse(): Promise<Channel[]>;
  /** Whether someone may open a channel: a member, and an administrator where it is theirs only. */
  mayOpen(user: ChatUser, channelId: string): Promise<boolean>;
  open(user: ChatUser, channelId: string): Promise<{ channel: Channel; page: Page; receipts: Receipt[] }>;
  create(user: ChatUser, channel: Pick<StoredChannel, 'name' | 'kind'>): Promise<Channel>;
  /** The channel of two people, made where there is none; undefined where there is no such user. */
  direct(user: ChatUser, userId: string): Promise<Channel | undefined>;
  /** Makes someone a member, who may be one already; says why where that is not allowed or impossible. */
  add(by: ChatUser, channelId: string, userId: string): Promise<Channel | 'FORBIDDEN' | 'NO_SUCH_USER'>;
  /** Ends a membership; false where that is not allowed. */
  remove(by: ChatUser, channelId: string, userId: string): Promise<boolean>;
  history(channelId: string, page: PageRequest): Promise<Page>;
  /**
   * Stores a message, then tells it to whoever should know; undefined where the answered one is not there.
   *
   * @param transaction That of a command, whose answer is the message. Default: one of its own.
   */
  send(author: ChatUser, draft: Draft, transaction?: Transaction): Promise<StoredMessage | undefined>;
  advance(user: ChatUser, channelId: string, progress: Progress): Promise<void>;
}

/** What {@link createChat} stands on. */
export interface ChatParts {
  readonly store: ChatStore;
  readonly users: Store['users'];
  readonly inbox: Inbox;
  /** The running server, which needs the handlers that need this. */
  readonly server: () => ChatServer;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Makes {@link Chat}. What was stored but cannot be told is logged: its author must not hear that it failed. */
export function createChat(parts: ChatParts): Chat {
  const tell = createTell(parts.log, 'chat was written, but not told');
  const views = createViews(parts);
  return {
    ...createReading(parts, views),
    ...createMembership({ ...parts, views, tell }),
    ...createMessages({ ...parts, tell }),
  };
}
