import { facesOf } from '../../../../demo/people.ts';
import type { OnlineUser } from '../generated/collab.types.gen.ts';
import {
  useCollabRequest,
  useWorkspaceOnlineUsers,
  type CollabWorkspaceView,
} from '../generated/collab.react.gen.ts';
import { toasts } from '../session/session.ts';
import { usePerson } from '../session/person.ts';
import { Avatar } from './avatar.tsx';

/** Who is in the workspace now, and the user's own presence. */
export function People({ view }: { view: CollabWorkspaceView }) {
  const { me } = usePerson();
  const told = useWorkspaceOnlineUsers(view);
  const users = told?.total ? told.users : (view.data?.users ?? []);
  const { faces, more } = facesOf(users, me.id);
  return (
    <>
      <ul className="people" aria-label="Online now">
        {more > 0 && <li className="person more">+{more}</li>}
        {faces.map(({ user, label }) => (
          <li
            key={user.id}
            className="person"
            title={label}
            data-presence={user.presence}
            data-user={user.id}
          >
            <Avatar person={user} />
            <span className="visually-hidden">{label}</span>
          </li>
        ))}
      </ul>
      <PresencePicker presence={users.find(({ id }) => id === me.id)?.presence ?? 'online'} />
    </>
  );
}

function PresencePicker({ presence }: { presence: OnlineUser['presence'] }) {
  const update = useCollabRequest('presence:update');
  const choose = async (next: OnlineUser['presence']): Promise<void> => {
    const result = await update.send({ presence: next });
    if (!result.ok) toasts.show('Your presence could not be set. Try again.', 'problem');
  };
  return (
    <label className="presence-picker">
      <span className="visually-hidden">Your presence</span>
      <select
        value={presence}
        disabled={update.isPending}
        onChange={(event) => void choose(event.target.value as OnlineUser['presence'])}
      >
        <option value="online">Online</option>
        <option value="away">Away</option>
        <option value="busy">Busy</option>
      </select>
    </label>
  );
}
