import type { Mark } from '../../../../demo/chat/marks.ts';
import { partsOf } from '../../../../demo/chat/mentions.ts';
import type { Line } from '../../../../demo/chat/messages.ts';
import { timeOf } from '../../../../demo/notices.ts';
import type { Member, Message } from '../generated/chat.types.gen.ts';
import { Avatar } from '../presence/avatar.tsx';
import { usePerson } from '../session/person.ts';
import { Icon } from '../shell/icon.tsx';

/** What a message is shown with. */
export interface MessageLineProps {
  readonly line: Line;
  readonly members: readonly Member[];
  /** The line under it: its delivery state, or who has read up to here. */
  readonly mark: Mark | undefined;
  readonly answer: (message: Message) => void;
}

/** One message, with the day above it if it is the first of that day. */
export function MessageLine({ line, members, mark, answer }: MessageLineProps) {
  const { me } = usePerson();
  const { message, isPending, day, goesOn } = line;
  const { id, authorId, authorName, createdAt, replyTo } = message;
  const isOwn = authorId === me.id;
  return (
    <>
      {day !== undefined && (
        <li className="day">
          <span>{day}</span>
        </li>
      )}
      {message.kind === 'system' ? (
        <li className="system">{message.text}</li>
      ) : (
        <li
          className={goesOn ? 'message goes-on' : 'message'}
          data-message={id}
          data-own={isOwn || undefined}
          data-pending={isPending || undefined}
          data-mentions-me={message.mentions.includes(me.id) || undefined}
        >
          {!goesOn && <Avatar person={{ id: authorId, name: authorName }} />}
          <div className="message-body">
            {!goesOn && (
              <p className="message-head">
                <strong>{isOwn ? 'You' : authorName}</strong>
                <time dateTime={createdAt.toISOString()}>{timeOf(createdAt)}</time>
              </p>
            )}
            {replyTo && (
              <blockquote className="quote">
                <strong>{replyTo.authorName}</strong> {replyTo.text}
              </blockquote>
            )}
            <p className="message-text">
              {partsOf(message.text, members).map(({ text, member }, index) =>
                member ? (
                  <mark key={index} data-me={member.id === me.id || undefined}>
                    {text}
                  </mark>
                ) : (
                  text
                ),
              )}
            </p>
            {mark && (
              <p className="message-mark" data-state={mark.state}>
                {mark.words}
              </p>
            )}
          </div>
          {!isPending && (
            <button
              className="icon-button small-icon"
              type="button"
              aria-label={`Reply to “${message.text.slice(0, 60)}”`}
              onClick={() => answer(message)}
            >
              <Icon name="reply" />
            </button>
          )}
        </li>
      )}
    </>
  );
}
