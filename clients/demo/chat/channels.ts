import type { ChannelKind, ChannelSummary, Member } from '../generated/chat.types.gen.ts';
import type { IconName } from '../icons.ts';
import { firstName } from '../person.ts';

/** Icon and name of each kind of channel. */
export const kinds = {
  open: { icon: 'hash', name: 'Open channel' },
  private: { icon: 'lock', name: 'Private channel' },
  direct: { icon: 'person', name: 'Direct message' },
  admins: { icon: 'shield', name: 'Administrators only' },
} as const satisfies Record<ChannelKind, { readonly icon: IconName; readonly name: string }>;

/** How many messages of a channel are unread. */
export function unreadOf({ last, read }: ChannelSummary): number {
  return Math.max(0, (last?.seq ?? 0) - read);
}

/** How many messages are unread, in all channels. */
export function unreadIn({ rows }: { readonly rows: readonly ChannelSummary[] }): number {
  return rows.reduce((sum, channel) => sum + unreadOf(channel), 0);
}

/** Channels in groups, each in the order of its latest news. */
export function groupsOf(
  channels: readonly ChannelSummary[],
): readonly { readonly name: string; readonly channels: readonly ChannelSummary[] }[] {
  const newest = [...channels].sort((a, b) => timeOf(b) - timeOf(a) || (a.id < b.id ? -1 : 1));
  const [direct, others] = [
    newest.filter(({ kind }) => kind === 'direct'),
    newest.filter(({ kind }) => kind !== 'direct'),
  ];
  return [
    { name: 'Channels', channels: others },
    { name: 'Direct messages', channels: direct },
  ].filter((group) => group.channels.length > 0);
}

/** The latest message of a channel, as a line. */
export function previewOf({ last }: ChannelSummary, me: string): string {
  if (!last) return 'No messages yet';
  if (last.kind === 'system') return last.text;
  return `${last.authorId === me ? 'You' : firstName(last.authorName)}: ${last.text}`;
}

/** Members of a channel without the user. */
export function othersIn(
  { members }: { readonly members: readonly Member[] },
  me: string,
): readonly Member[] {
  return members.filter(({ id }) => id !== me);
}

/** Members of a channel, as a line. */
export function membersLine({ kind, members }: Pick<ChannelSummary, 'kind' | 'members'>): string {
  if (kind === 'direct') return kinds.direct.name;
  return `${kinds[kind].name} · ${members.length === 1 ? '1 member' : `${members.length} members`}`;
}

function timeOf({ last }: ChannelSummary): number {
  return last?.createdAt.getTime() ?? 0;
}
