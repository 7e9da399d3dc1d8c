import { createHash, randomUUID } from 'node:crypto';
import { shownName } from '../shown-name.ts';
import type { ChannelChange, NewMessage, StoredChannel } from '../stores/chat-store.ts';
import { andThen } from '../stores/store.ts';
import type { Tell } from '../tell.ts';
import type { Chat, ChatParts } from './chat.ts';
import { isOpenTo, mayAdd, memberOf } from './members.ts';
import { tellMembers } from './tell-members.ts';
import type { Views } from './views.ts';

/** The part of chat that makes channels and changes who is in them. */
export type Membership = Pick<Chat, 'create' | 'direct' | 'add' | 'remove'>;

/** Options of {@link createMembership}. */
export interface MembershipParts extends Pick<ChatParts, 'store' | 'users' | 'server' | 'now'> {
  readonly views: Views;
  readonly tell: Tell;
}

/** Creates {@link Membership}. */
export function createMembership({ store, users, server, now, views, tell }: MembershipParts): Membership {
  const { membersOf, seenBy, summaryFor } = views;

  const tellAdded = async (userId: string, channel: StoredChannel): Promise<void> => {
    const summary = await summaryFor(userId, channel);
    tell(() => server().user({ userId }).emit('channel:added', summary));
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
    const members = await membersOf(channel);
    tell(() => tellMembers(server(), channel, { last: message, members }));
    return channel;
  };

  return {
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
  };
}

/** The same for both, whoever opens it first. */
function directId(...userIds: [string, string]): string {
  const hash = createHash('sha256').update(userIds.sort().join(' ')).digest('base64url');
  return `dm_${hash.slice(0, 32)}`;
}
