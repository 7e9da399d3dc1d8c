import { firstName } from '../../../../demo/person.ts';
import { sentence } from '../../../../demo/sentence.ts';
import { useChatClient } from '../generated/chat.react.gen.ts';
import type { ChannelSummary } from '../generated/chat.types.gen.ts';
import { Avatar } from '../presence/avatar.tsx';
import { usePerson } from '../session/person.ts';
import { toasts } from '../session/session.ts';
import { Icon } from '../shell/icon.tsx';

/** Members of a channel, to add and remove them. */
export function Members({ channel, left }: { channel: ChannelSummary; left: () => void }) {
  const { me, workspaces } = usePerson();
  const chat = useChatClient();
  const known = new Map(workspaces.flatMap(({ members }) => members).map((member) => [member.id, member]));
  const addable = [...known.values()].filter(({ id }) => !channel.members.some((member) => member.id === id));
  const run = async (
    request: ReturnType<typeof chat.memberAdd | typeof chat.memberRemove>,
  ): Promise<boolean> => {
    const result = await request;
    if (!result.ok) toasts.show(sentence(result.error), 'problem');
    return result.ok;
  };
  const leave = async (): Promise<void> => {
    if (await run(chat.memberRemove({ channelId: channel.id, userId: me.id }))) left();
  };
  return (
    <>
      <button className="icon-button" type="button" popoverTarget="members-panel" aria-label="Members">
        <Icon name="people" />
      </button>
      <div id="members-panel" className="panel chat-panel" popover="auto">
        <h2>Members</h2>
        <ul className="choices" aria-label="Members">
          {channel.members.map(({ id, name }) => (
            <li key={id} className="member">
              <Avatar person={{ id, name }} />
              <span>{id === me.id ? `${name} (you)` : name}</span>
              {me.admin && id !== me.id && (
                <button
                  className="link"
                  type="button"
                  aria-label={`Remove ${name}`}
                  onClick={() => void run(chat.memberRemove({ channelId: channel.id, userId: id }))}
                >
                  Remove
                </button>
              )}
            </li>
          ))}
        </ul>
        {channel.kind !== 'admins' && addable.length > 0 && (
          <>
            <h2>Add</h2>
            <ul className="choices">
              {addable.map(({ id, name }) => (
                <li key={id}>
                  <button
                    type="button"
                    onClick={() => void run(chat.memberAdd({ channelId: channel.id, userId: id }))}
                  >
                    Add {firstName(name)}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <button className="leave" type="button" onClick={() => void leave()}>
          Leave the channel
        </button>
      </div>
    </>
  );
}
