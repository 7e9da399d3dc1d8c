import { useStore } from '@sockeye/react';
import { useEffect } from 'react';
import { unreadIn } from '../../../../demo/chat/channels.ts';
import { countText } from '../../../../demo/notices.ts';
import { useChatChannels } from '../generated/chat.react.gen.ts';
import { places } from '../session/session.ts';
import type { ViewProps } from '../shell/views.ts';
import { ChannelList } from './channel-list.tsx';
import { ThreadPane } from './thread-pane.tsx';

/** Channels and direct messages; on a phone, either the list or one channel. */
export function Chat({ workspace }: ViewProps) {
  const { item } = useStore(places);
  const { rows, status } = useChatChannels();
  const channel = rows.find(({ id }) => id === item);
  const open = (channelId: string | undefined): void =>
    places.open({ workspaceId: workspace.id, view: 'chat', item: channelId });

  // Where there is room for both, there is always something to read beside the list.
  const first = rows.find(({ kind }) => kind === 'open')?.id ?? rows[0]?.id;
  useEffect(() => {
    if (item === undefined && first !== undefined && matchMedia('(min-width: 821px)').matches) {
      places.replace({ workspaceId: workspace.id, view: 'chat', item: first });
    }
  }, [item, first, workspace.id]);

  return (
    <main id="board" className="chat" tabIndex={-1} data-open={item !== undefined || undefined}>
      <ChannelList
        channels={rows}
        isLoading={status === 'loading'}
        open={open}
        current={item}
        members={workspace.members}
      />
      {channel ? (
        <ThreadPane key={channel.id} channel={channel} close={() => open(undefined)} />
      ) : (
        <section className="thread">
          {item !== undefined && status === 'ready' && (
            <div className="hint">
              <p>You are not a member of this channel.</p>
              <button className="small-button" type="button" onClick={() => open(undefined)}>
                Back to the channels
              </button>
            </div>
          )}
        </section>
      )}
    </main>
  );
}

/** How many messages are unread, beside the name of the view. */
export function ChatCount() {
  const unread = useChatChannels(unreadIn);
  if (unread === 0) return null;
  return (
    <span className="badge">
      {countText(unread)}
      <span className="visually-hidden"> unread</span>
    </span>
  );
}
