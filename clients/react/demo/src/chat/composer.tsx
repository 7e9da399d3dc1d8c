import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { suggestionsFor, withMention } from '../../../../demo/chat/mentions.ts';
import type { Thread } from '../../../../demo/chat/thread.ts';
import type { ChannelSummary, Member, Message } from '../generated/chat.types.gen.ts';
import { Icon } from '../shell/icon.tsx';

/** What the composer is shown with. */
export interface ComposerProps {
  readonly channel: ChannelSummary;
  readonly others: readonly Member[];
  readonly thread: Thread;
  /** The message being replied to. */
  readonly answered: Message | undefined;
  readonly answer: (message: Message | undefined) => void;
  readonly isDisabled: boolean;
}

/** Field for a new message. Enter sends it, Shift+Enter starts a new line. */
export function Composer({ channel, others, thread, answered, answer, isDisabled }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const suggestions = suggestionsFor(text, others);

  const write = (next: string): void => {
    setText(next);
    thread.write(next);
  };
  useEffect(() => () => thread.write(''), [thread]);
  useEffect(() => {
    if (answered) field.current?.focus();
  }, [answered]);

  const send = async (): Promise<void> => {
    const said = text.trim();
    if (said === '') return;
    setText('');
    answer(undefined);
    const isSent = await thread.send(said, answered);
    // What was refused goes back into the field, unless the next is being written.
    if (!isSent && field.current?.value === '') setText(said);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    field.current?.focus();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') answer(undefined);
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  const mention = (member: Member): void => {
    write(withMention(text, member));
    field.current?.focus();
  };

  return (
    <form className="composer" aria-label="New message" onSubmit={onSubmit}>
      {answered && (
        <div className="answering">
          <p>
            Reply to <strong>{answered.authorName}</strong>: {answered.text}
          </p>
          <button
            className="icon-button small-icon"
            type="button"
            aria-label="Do not reply"
            onClick={() => answer(undefined)}
          >
            <Icon name="cross" />
          </button>
        </div>
      )}
      {suggestions.length > 0 && (
        <ul className="suggestions" aria-label="Mention">
          {suggestions.map((member) => (
            <li key={member.id}>
              <button className="small-button" type="button" onClick={() => mention(member)}>
                @{member.username} <span className="muted">{member.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={field}
        value={text}
        rows={1}
        maxLength={4000}
        placeholder={channel.kind === 'direct' ? `Message ${channel.name}` : `Message #${channel.name}`}
        aria-label={`Message to ${channel.name}`}
        disabled={isDisabled}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button
        className="icon-button send"
        type="submit"
        aria-label="Send"
        disabled={isDisabled || text.trim() === ''}
      >
        <Icon name="send" />
      </button>
    </form>
  );
}
