import { groupsOf, kinds, othersIn, previewOf, unreadOf } from '../../../../demo/chat/channels.ts';
import { countText, timeOf } from '../../../../demo/notices.ts';
import type { Member } from '../../../../demo/api.ts';
import type { ChannelSummary } from '../generated/chat.types.gen.ts';
import { Avatar } from '../presence/avatar.tsx';
import { usePerson } from '../session/person.ts';
import { Icon } from '../shell/icon.tsx';
import { NewChannel } from './new-channel.tsx';

/** What the list of channels is shown with. */
export interface ChannelListProps {
  readonly channels: readonly ChannelSummary[];
  readonly isLoading: boolean;
  /** The open channel. */
  readonly current: string | undefined;
  readonly open: (channelId: string) => void;
  /** People whom the user can message. */
  readonly members: readonly Member[];
}

/** The channels that the user is a member of. */
export function ChannelList({ channels, isLoading, current, open, members }: ChannelListProps) {
  return (
    <section className="channels" aria-labelledby="channels-title" aria-busy={isLoading}>
      <div className="channels-head">
        <h2 id="channels-title">Chat</h2>
        <NewChannel channels={channels} members={members} open={open} />
      </div>
      {groupsOf(channels).map((group) => (
        <nav key={group.name} aria-label={group.name}>
          <h3>{group.name}</h3>
          <ul>
            {group.channels.map((channel) => (
              <li key={channel.id}>
                <ChannelButton channel={channel} isOpen={channel.id === current} open={open} />
              </li>
            ))}
          </ul>
        </nav>
      ))}
    </section>
  );
}

function ChannelButton({
  channel,
  isOpen,
  open,
}: {
  channel: ChannelSummary;
  isOpen: boolean;
  open: (channelId: string) => void;
}) {
  const { me } = usePerson();
  const unread = unreadOf(channel);
  return (
    <button
      className="channel"
      type="button"
      aria-current={isOpen ? 'true' : undefined}
      data-unread={unread > 0 || undefined}
      onClick={() => open(channel.id)}
    >
      {channel.kind === 'direct' ? (
        <Avatar person={othersIn(channel, me.id)[0]} />
      ) : (
        <span className="channel-kind">
          <Icon name={kinds[channel.kind].icon} />
        </span>
      )}
      <span className="channel-name">{channel.name}</span>
      {channel.last && (
        <time dateTime={channel.last.createdAt.toISOString()}>{timeOf(channel.last.createdAt)}</time>
      )}
      <span className="channel-preview">{previewOf(channel, me.id)}</span>
      {unread > 0 && (
        <span className="badge">
          {countText(unread)}
          <span className="visually-hidden"> unread</span>
        </span>
      )}
    </button>
  );
}
