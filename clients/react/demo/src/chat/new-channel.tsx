import { useState, type FormEvent } from 'react';
import type { Member } from '../../../../demo/api.ts';
import { textOf } from '../../../../demo/form.ts';
import { sentence } from '../../../../demo/sentence.ts';
import { useChatClient, useChatRequest } from '../generated/chat.react.gen.ts';
import type { Channel, ChannelSummary } from '../generated/chat.types.gen.ts';
import { usePerson } from '../session/person.ts';
import { toasts } from '../session/session.ts';
import { Icon } from '../shell/icon.tsx';

/** Starts a channel, joins an open one, or starts a direct message. */
export function NewChannel({
  channels,
  members,
  open,
}: {
  channels: readonly ChannelSummary[];
  members: readonly Member[];
  open: (channelId: string) => void;
}) {
  const { me } = usePerson();
  const chat = useChatClient();
  const create = useChatRequest('channel:create');
  const [offered, offer] = useState<readonly Channel[]>([]);
  const others = members.filter(({ id }) => id !== me.id);
  const joinable = offered.filter(({ id }) => !channels.some((channel) => channel.id === id));

  const browse = async (): Promise<void> => {
    const result = await chat.channelBrowse();
    if (result.ok) offer(result.data.channels);
  };
  const enter = async (
    request: ReturnType<typeof chat.directOpen | typeof chat.memberAdd | typeof create.send>,
  ) => {
    const result = await request;
    if (!result.ok) return toasts.show(sentence(result.error), 'problem');
    document.getElementById('new-channel')?.hidePopover();
    open(result.data.id);
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const kind = textOf(form, 'kind') === 'private' ? 'private' : 'open';
    void enter(create.send({ name: textOf(form, 'name'), kind })).then(() => form.reset());
  };

  return (
    <>
      <button
        className="icon-button"
        type="button"
        popoverTarget="new-channel"
        aria-label="New conversation"
        onClick={() => void browse()}
      >
        <Icon name="add" />
      </button>
      <div id="new-channel" className="panel chat-panel" popover="auto">
        <h2>Message someone</h2>
        <ul className="choices">
          {others.map(({ id, name }) => (
            <li key={id}>
              <button type="button" onClick={() => void enter(chat.directOpen({ userId: id }))}>
                {name}
              </button>
            </li>
          ))}
        </ul>
        {joinable.length > 0 && (
          <>
            <h2>Join a channel</h2>
            <ul className="choices">
              {joinable.map(({ id, name }) => (
                <li key={id}>
                  <button
                    type="button"
                    onClick={() => void enter(chat.memberAdd({ channelId: id, userId: me.id }))}
                  >
                    {name}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <h2 id="start-channel">Start a channel</h2>
        <form className="stack" aria-labelledby="start-channel" onSubmit={submit}>
          <label>
            Name of the channel
            <input name="name" maxLength={80} required />
          </label>
          <label>
            Who may join
            <select name="kind">
              <option value="open">Everyone</option>
              <option value="private">People added by members</option>
            </select>
          </label>
          <button className="primary" type="submit" disabled={create.isPending}>
            Start
          </button>
        </form>
      </div>
    </>
  );
}
