import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ChatServer } from './generated/chat.server.gen.ts';
import type {
  Channel,
  ChannelSummary,
  ChatIdentity,
  Member,
  Page,
  Receipt,
} from './generated/chat.types.gen.ts';
import type { Inbox, Kept } from './inbox.ts';
import { mentionedIn, quoteOf } from './message-text.ts';
import { shownName } from './shown-name.ts';
import type {
  ChannelChange,
  ChatStore,
  NewMessage,
  PageRequest,
  Progress,
  StoredChannel,
  StoredMessage,
} from './stores/chat-store.ts';
import { andThen, type Store, type StoredUser } from './stores/store.ts';
import { createTell } from './tell.ts';

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

/** How many messages a channel opens with. */
const firstPage = 50;

/** Makes {@link Chat}. What was stored but cannot be told is logged: its author must not hear that it failed. */
export function createChat({ store, users, inbox, server, log, now }: ChatParts): Chat {
  const tell = createTell(log, 'chat was written, but not told');

  const membersOf = async ({ memberIds }: StoredChannel) => (await users.getMany(memberIds)).map(memberOf);

  const seenBy = async (userId: string, channel: StoredChannel): Promise<Channel> => {
    const members = await membersOf(channel);
    const other = members.find(({ id }) => id !== userId) ?? members[0];
    const name = channel.kind === 'direct' ? (other?.name ?? 'Nobody') : channel.name;
    return { id: channel.id, kind: channel.kind, name, members };
  };

  const summaryFor = async (userId: string, channel: StoredChannel): Promise<ChannelSummary> => {
    const [seen, newest, { read }] = await Promise.all([
      seenBy(userId, channel),
      store.messages.page(channel.id, { limit: 1 }),
      store.receipts.get(channel.id, userId),
    ]);
    return { ...seen, last: newest.messages[0] ?? null, read };
  };

  const tellMembers = (
    { id: channelId, memberIds }: StoredChannel,
    changes: { last?: StoredMessage; members?: Channel['members'] },
  ): void => {
    const [first, ...rest] = memberIds.map((userId) => ({ userId }));
    if (first)
      tell(() =>
        server()
          .user(first, ...rest)
          .emit('channel:updated', { channelId, changes }),
      );
  };

  const tellAdded = async (userId: string, channel: StoredChannel): Promise<void> => {
    const summary = await summaryFor(userId, channel);
    tell(() => server().user({ userId }).emit('channel:added', summary));
  };

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

  /** Changes a channel, with a line of the server's own about somebody; undefined where that is no change. */
  const change = async (
    { id: channelId, what }: { readonly id: string; readonly what: ChannelChange },
    about: { readonly id: string; readonly name: string },
    saying: string,
  ): Promise<StoredChannel | undefined> => {
    const line: NewMessage = {
      id: `msg_${randomUUID()}`,
      channelId,
      kind: 'system',
      authorId: about.id,
      authorName: about.name,
      text: `${about.name} ${saying}.`,
      replyTo: null,
      mentions: [],
      createdAt: now(),
    };
    const noted = await store.channels.change(what, line, (write) =>
      server().transaction((tx) =>
        andThen(write(tx.native), (made) => {
          if (made) tx.channel({ channelId }).publish('message:new', made.message);
          return made;
        }),
      ),
    );
    if (!noted) return undefined;
    const { channel, message } = noted;
    tellMembers(channel, { last: message, members: await membersOf(channel) });
    return channel;
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
    list: async ({ id, role }) => {
      const mine = await store.channels.of(id);
      const open = mine.filter(({ kind }) => kind !== 'admins' || role === 'admin').slice(0, 1_000);
      return Promise.all(open.map((channel) => summaryFor(id, channel)));
    },
    browse: async () => {
      const open = (await store.channels.open()).slice(0, 1_000);
      return Promise.all(open.map((channel) => seenBy('', channel)));
    },
    mayOpen: async ({ id, role }, channelId) => {
      const channel = await store.channels.get(channelId);
      return channel !== undefined && isOpenTo(channel, id, role);
    },
    open: async ({ id }, channelId) => {
      const channel = await store.channels.get(channelId);
      if (!channel) throw new Error(`Channel ${channelId} was opened, but is not there.`);
      const [seen, page, receipts] = await Promise.all([
        seenBy(id, channel),
        store.messages.page(channelId, { limit: firstPage }),
        store.receipts.of(channelId),
      ]);
      const members = new Set(channel.memberIds);
      return {
        channel: seen,
        page: pageOf(page),
        receipts: receipts.filter(({ userId }) => members.has(userId)),
      };
    },
    create: async (user, { name, kind }) => {
      const channel: StoredChannel = { id: `ch_${randomUUID()}`, kind, name, memberIds: [user.id] };
      await change({ id: channel.id, what: { kind: 'create', channel } }, user, 'started the channel');
      await tellAdded(user.id, channel);
      return seenBy(user.id, channel);
    },
    direct: async (user, userId) => {
      const other = await users.get(userId);
      if (!other || userId === user.id) return undefined;
      const channel: StoredChannel = {
        id: directId(user.id, userId),
        kind: 'direct',
        name: '',
        memberIds: [user.id, userId].sort(),
      };
      if (await store.channels.create(channel))
        for (const id of channel.memberIds) await tellAdded(id, channel);
      return seenBy(user.id, channel);
    },
    add: async (by, channelId, userId) => {
      const before = await store.channels.get(channelId);
      if (!before || !mayAdd(before, by, userId)) return 'FORBIDDEN';
      const user = await users.get(userId);
      if (!user || (before.kind === 'admins' && !user.admin)) return 'NO_SUCH_USER';
      const member = memberOf(user);
      const saying = userId === by.id ? 'joined' : `was added by ${by.name}`;
      const channel = await change({ id: channelId, what: { kind: 'add', userId } }, member, saying);
      if (channel) {
        tell(() => server().channel({ channelId }).emit('member:joined', { channelId, member }));
        await tellAdded(userId, channel);
      }
      return seenBy(by.id, channel ?? before);
    },
    remove: async (by, channelId, userId) => {
      const before = await store.channels.get(channelId);
      if (!before || before.kind === 'direct' || !isOpenTo(before, by.id, by.role)) return false;
      if (userId !== by.id && by.role !== 'admin') return false;
      if (!before.memberIds.includes(userId)) return true;
      const user = await users.get(userId);
      const name = user ? shownName(user) : 'Somebody';
      const saying = userId === by.id ? 'left' : `was removed by ${by.name}`;
      const evict = () => server().channel({ channelId }).evict({ id: userId });
      // Before, so that the line about it does not reach them, and after, should they have come back meanwhile.
      evict();
      await change({ id: channelId, what: { kind: 'remove', userId } }, { id: userId, name }, saying);
      evict();
      tell(() => server().channel({ channelId }).emit('member:left', { channelId, userId }));
      tell(() => server().user({ userId }).emit('channel:removed', { channelId }));
      return true;
    },
    history: async (channelId, page) => pageOf(await store.messages.page(channelId, page)),
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
      tellMembers(channel, { last: stored });
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

function isOpenTo({ kind, memberIds }: StoredChannel, userId: string, role: ChatUser['role']): boolean {
  return memberIds.includes(userId) && (kind !== 'admins' || role === 'admin');
}

function mayAdd(channel: StoredChannel, by: ChatUser, userId: string): boolean {
  if (channel.kind === 'direct') return false;
  if (channel.kind === 'admins') return by.role === 'admin';
  return isOpenTo(channel, by.id, by.role) || (channel.kind === 'open' && userId === by.id);
}

function memberOf(user: StoredUser): Member {
  return { id: user.id, name: shownName(user), username: user.username.slice(0, 80) };
}

/** The same for both, whoever opens it first. */
function directId(...userIds: [string, string]): string {
  const hash = createHash('sha256').update(userIds.sort().join(' ')).digest('base64url');
  return `dm_${hash.slice(0, 32)}`;
}

function pageOf({
  messages,
  more,
}: {
  readonly messages: readonly StoredMessage[];
  readonly more: boolean;
}): Page {
  return { messages: [...messages], more };
}
