import type { Member } from '../generated/chat.types.gen.ts';
import { shownName } from '../shown-name.ts';
import type { StoredChannel } from '../stores/chat-store.ts';
import type { StoredUser } from '../stores/store.ts';
import type { ChatUser } from './chat.ts';

/** Whether someone may open a channel: a member, and an administrator where it is theirs only. */
export function isOpenTo(
  { kind, memberIds }: StoredChannel,
  userId: string,
  role: ChatUser['role'],
): boolean {
  return memberIds.includes(userId) && (kind !== 'admins' || role === 'admin');
}

/** Whether someone may make `userId` a member of a channel. */
export function mayAdd(channel: StoredChannel, by: ChatUser, userId: string): boolean {
  if (channel.kind === 'direct') return false;
  if (channel.kind === 'admins') return by.role === 'admin';
  return isOpenTo(channel, by.id, by.role) || (channel.kind === 'open' && userId === by.id);
}

/** A user as members of a channel see one. */
export function memberOf(user: StoredUser): Member {
  return { id: user.id, name: shownName(user), username: user.username.slice(0, 80) };
}
