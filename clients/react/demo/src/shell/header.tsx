import { useStore, type SkippedRoom } from '@sockeye/react';
import type { MouseEvent } from 'react';
import type { Workspace } from '../../../../demo/api.ts';
import { connectionWords } from '../../../../demo/connection-words.ts';
import { online } from '../../../../demo/online.ts';
import { useCollabConnection, type CollabWorkspaceView } from '../generated/collab.react.gen.ts';
import { Announce } from '../notices/announcements.tsx';
import { Bell } from '../notices/bell.tsx';
import { People } from '../presence/people.tsx';
import { places, session, toasts } from '../session/session.ts';
import { usePerson } from '../session/person.ts';
import { Icon } from './icon.tsx';
import { viewsFor } from './views.ts';

/** The header: workspace, views, people, notifications and connection. */
export function Header({
  workspace,
  view,
}: {
  workspace: Workspace | undefined;
  view: CollabWorkspaceView | SkippedRoom;
}) {
  const { workspaces, me } = usePerson();
  const place = useStore(places);
  const signOut = (): void => {
    toasts.clear();
    session.signOut();
  };

  return (
    <header className="bar">
      <div className="brand">
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="30" height="30" />
        <h1>Sockeye</h1>
      </div>
      <label className="workspace-picker">
        <span className="visually-hidden">Workspace</span>
        <select
          value={workspace?.id ?? ''}
          onChange={(event) => places.open({ workspaceId: event.target.value, view: place.view })}
        >
          {workspaces.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Views workspaceId={workspace?.id} />
      <ConnectionPill />
      <div className="bar-end">
        {view.room && <People view={view} />}
        {me.admin && <Announce />}
        <Bell />
        <button className="icon-button" type="button" aria-label="Sign out" onClick={signOut}>
          <Icon name="signOut" />
        </button>
      </div>
    </header>
  );
}

function ConnectionPill() {
  const connection = useCollabConnection();
  const isOnline = useStore(online);
  return (
    <p className="connection" data-phase={connection.phase}>
      <span>{connectionWords(connection, isOnline).word}</span>
    </p>
  );
}

function Views({ workspaceId }: { workspaceId: string | undefined }) {
  const { me } = usePerson();
  const place = useStore(places);
  return (
    <nav className="views" aria-label="Views">
      {viewsFor(me).map(({ id, name, Count }) => {
        const target = { workspaceId, view: id };
        const open = (event: MouseEvent): void => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          places.open(target);
        };
        return (
          <a
            key={name}
            href={places.hrefOf(target)}
            aria-current={id === place.view ? 'page' : undefined}
            onClick={open}
          >
            {name}
            {Count && <Count />}
          </a>
        );
      })}
    </nav>
  );
}
