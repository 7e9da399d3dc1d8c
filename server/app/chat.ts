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
import type { Inbox } from './inbox.ts';
import { mentionedIn, quoteOf } from './message-text.ts';
import type {
  ChatStore,
  NewMessage,
  PageRequest,
  Progress,
  StoredChannel,
  StoredMessage,
} from './stores/chat-store.ts';
import type { Store, StoredUser } from './stores/store.ts';

/** Someone who acts in chat. */
export type ChatUser = Pick<ChatIdentity, 'id' | 'name' | 'role'>;

/** What a person wrote. */
export interface Draft {
  readonly channelId: string;
  readonly text: string;
  /** The message that is answered; null for none. */
  readonly replyTo: string | null;
}

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
  /** Stores a message, then tells it to whoever should know; undefined where the answered one is not there. */
  send(author: ChatUser, draft: Draft): Promise<StoredMessage | undefined>;
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
  const tell = (send: () => void): void => {
    try {
      send();
    } catch (error) {
      log.error({ err: error }, 'chat was written, but not told');
    }
  };

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

  /** Stores a message and publishes it, together where the store can. */
  const append = async (message: NewMessage): Promise<StoredMessage> => {
    const { channelId } = message;
    let isPublished = false;
    const stored = await store.messages.append(message, (write) =>
      server().transaction((tx) => {
        const publish = (made: StoredMessage): StoredMessage => {
          isPublished = true;
          tx.channel({ channelId }).publish('message:new', made);
          return made;
        };
        const made = write(tx.native);
        return made instanceof Promise ? made.then(publish) : publish(made);
      }),
    );
    if (!isPublished)
      await server().channel({ channelId }).publish('message:new', stored, { key: stored.id });
    return stored;
  };

  /** A line of the server's own, about somebody. */
  const note = async (channel: StoredChannel, about: { id: string; name: string }, what: string) => {
    const message = await append({
      id: `msg_${randomUUID()}`,
      channelId: channel.id,
      kind: 'system',
      authorId: about.id,
      authorName: about.name,
      text: `${about.name} ${what}.`,
      replyTo: null,
      mentions: [],
      createdAt: now(),
    });
    tellMembers(channel, { last: message, members: await membersOf(channel) });
  };

  const advance: Chat['advance'] = async ({ id: userId }, channelId, progress) => {
    const receipt = await store.receipts.advance(channelId, userId, progress);
    if (!receipt) return;
    tell(() => server().channel({ channelId }).emit('message:receipt', { channelId, receipt }));
    if (progress.read === undefined) return;
    const changes = { read: receipt.read };
    tell(() => server().user({ userId }).emit('channel:updated', { channelId, changes }));
  };

  const tellMentioned = async (channel: StoredChannel, message: StoredMessage): Promise<void> => {
    for (const userId of message.mentions) {
      if (userId === message.authorId) continue;
      await inbox.notify(userId, {
        kind: 'mention',
        title: `${message.authorName} mentioned you`.slice(0, 120),
        body: message.text.slice(0, 1_000),
        channelId: channel.id,
        from: { id: message.authorId, name: message.authorName },
      });
    }
  };

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
      await store.channels.create(channel);
      await note(channel, user, 'started the channel');
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
      const channel = await store.channels.addMember(channelId, userId);
      if (channel) {
        const member = memberOf(user);
        tell(() => server().channel({ channelId }).emit('member:joined', { channelId, member }));
        await note(channel, member, userId === by.id ? 'joined' : `was added by ${by.name}`);
        await tellAdded(userId, channel);
      }
      return seenBy(by.id, channel ?? before);
    },
    remove: async (by, channelId, userId) => {
      const before = await store.channels.get(channelId);
      if (!before || before.kind === 'direct' || !isOpenTo(before, by.id, by.role)) return false;
      if (userId !== by.id && by.role !== 'admin') return false;
      const channel = await store.channels.removeMember(channelId, userId);
      if (!channel) return true;
      const name = (await users.get(userId))?.name.slice(0, 80) ?? 'Somebody';
      tell(() => server().channel({ channelId }).emit('member:left', { channelId, userId }));
      server().channel({ channelId }).evict({ id: userId });
      tell(() => server().user({ userId }).emit('channel:removed', { channelId }));
      await note(channel, { id: userId, name }, userId === by.id ? 'left' : `was removed by ${by.name}`);
      return true;
    },
    history: async (channelId, page) => pageOf(await store.messages.page(channelId, page)),
    send: async (author, { channelId, text, replyTo }) => {
      const channel = await store.channels.get(channelId);
      const answered = replyTo === null ? undefined : await store.messages.get(channelId, replyTo);
      if (!channel || (replyTo !== null && !answered)) return undefined;
      const message = await append({
        id: `msg_${randomUUID()}`,
        channelId,
        kind: 'text',
        authorId: author.id,
        authorName: author.name,
        text,
        replyTo: answered ? quoteOf(answered) : null,
        mentions: mentionedIn(text, await users.getMany(channel.memberIds)),
        createdAt: now(),
      });
      tellMembers(channel, { last: message });
      // Whoever answers has read what stands above.
      await advance(author, channelId, { read: message.seq });
      await tellMentioned(channel, message);
      return message;
    },
    advance,
  };
}

function isOpenTo({ kind, memberIds }: StoredChannel, userId: string, role: ChatUser['role']): boolean {
  return memberIds.includes(userId) && (kind !== 'admins' || role === 'admin');
}

function mayAdd(channel: StoredChannel, by: ChatUser, userId: string): boolean {
  if (channel.kind === 'direct') return false;
  if (channel.kind === 'admins') return by.role === 'admin';
  return isOpenTo(channel, by.id, by.role) || (channel.kind === 'open' && userId === by.id);
}

function memberOf({ id, name, username }: StoredUser): Member {
  return { id, name: name.slice(0, 80), username: username.slice(0, 80) };
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
