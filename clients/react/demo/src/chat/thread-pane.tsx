import { useStore } from '@sockeye/react';
import { useEffect, useMemo, useState } from 'react';
import { kinds, membersLine, othersIn } from '../../../../demo/chat/channels.ts';
import { linesOf, threadOf } from '../../../../demo/chat/messages.ts';
import { marksOf, typingLine } from '../../../../demo/chat/marks.ts';
import { createThread } from '../../../../demo/chat/thread.ts';
import { visible } from '../../../../demo/visible.ts';
import {
  useChannel,
  useChannelMessages,
  useChannelReceipts,
  useChannelTyping,
  useChatClient,
} from '../generated/chat.react.gen.ts';
import type { ChannelSummary, Message } from '../generated/chat.types.gen.ts';
import { usePerson } from '../session/person.ts';
import { toasts } from '../session/session.ts';
import { Icon } from '../shell/icon.tsx';
import { Composer } from './composer.tsx';
import { Members } from './members.tsx';
import { MessageLine } from './message-line.tsx';

/** One channel: its messages, and a field for a new one. */
export function ThreadPane({ channel, close }: { channel: ChannelSummary; close: () => void }) {
  const { me } = usePerson();
  const chat = useChatClient();
  const view = useChannel({ channelId: channel.id });
  const { rows, status } = useChannelMessages(view);
  const receipts = useChannelReceipts(view).rows;
  const typing = useChannelTyping(view);
  const thread = useMemo(
    () =>
      createThread({ chat, channelId: channel.id, me, tell: (problem) => toasts.show(problem, 'problem') }),
    [chat, channel.id, me],
  );
  const older = useStore(thread.older);
  const messages = useMemo(() => threadOf(rows, older.messages), [rows, older.messages]);
  const [answered, answer] = useState<Message>();
  const others = othersIn(channel, me.id);

  const isVisible = useStore(visible);
  const newest = status === 'ready' ? (channel.last?.seq ?? 0) : 0;
  useEffect(() => {
    if (isVisible && view.phase === 'joined' && newest > channel.read) thread.read(newest);
  }, [thread, isVisible, view.phase, newest, channel.read]);

  const first = messages[0]?.seq ?? 1;
  const marks = marksOf(messages, me.id, { others, receipts });
  return (
    <section className="thread" aria-labelledby="thread-title">
      <header className="thread-head">
        <button className="icon-button back" type="button" aria-label="Back to the channels" onClick={close}>
          <Icon name="back" />
        </button>
        <div>
          <h2 id="thread-title">{channel.name}</h2>
          <p className="muted small">{membersLine(channel)}</p>
        </div>
        <span className="thread-kind" title={kinds[channel.kind].name}>
          <Icon name={kinds[channel.kind].icon} />
        </span>
        {channel.kind !== 'direct' && <Members channel={channel} left={close} />}
      </header>
      {view.phase === 'denied' ? (
        <p className="hint">You do not have access to this channel.</p>
      ) : (
        <div
          className="scroller"
          tabIndex={0}
          role="log"
          aria-labelledby="thread-title"
          aria-busy={status !== 'ready'}
        >
          <ol className="messages">
            {first > 1 && status === 'ready' && messages.length > 0 && (
              <li className="earlier">
                <button
                  className="small-button"
                  type="button"
                  disabled={older.isLoading}
                  onClick={() => void thread.loadEarlier(first)}
                >
                  Load earlier messages
                </button>
              </li>
            )}
            {linesOf(messages).map((line) => (
              <MessageLine
                key={line.message.id}
                line={line}
                members={channel.members}
                mark={marks.get(line.message.id)}
                answer={answer}
              />
            ))}
          </ol>
        </div>
      )}
      <p className="typing" aria-live="polite">
        {typingLine(typing.filter(({ userId }) => userId !== me.id).map(({ userName }) => userName))}
      </p>
      <Composer
        channel={channel}
        others={others}
        thread={thread}
        answered={answered}
        answer={answer}
        isDisabled={view.phase === 'denied'}
      />
    </section>
  );
}
