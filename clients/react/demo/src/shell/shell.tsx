import { skipToken, useStore } from '@sockeye/react';
import { useEffect } from 'react';
import { useWorkspace } from '../generated/collab.react.gen.ts';
import { AnnouncementList } from '../notices/announcements.tsx';
import { Toaster } from '../notices/toaster.tsx';
import { places } from '../session/session.ts';
import { usePerson } from '../session/person.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { Header } from './header.tsx';
import { viewsFor } from './views.ts';

/** The page around the view of a workspace. */
export function Shell() {
  const { workspaces, me } = usePerson();
  const place = useStore(places);
  const workspace = workspaces.find(({ id }) => id === place.workspaceId) ?? workspaces[0];
  const view = useWorkspace(workspace ? { workspaceId: workspace.id } : skipToken);
  const views = viewsFor(me);
  const { Component } = views.find(({ id }) => id === place.view) ?? views[0];

  useEffect(() => {
    document.title = `${workspace?.name ?? 'Sockeye board'} · React`;
  }, [workspace]);

  return (
    <div className="app">
      <a className="skip" href="#board">
        Skip to the board
      </a>
      <Header workspace={workspace} view={view} />
      <ConnectionBanner />
      <AnnouncementList />
      {workspace && view.room ? (
        <Component key={workspace.id} workspace={workspace} view={view} />
      ) : (
        <main id="board" className="board" tabIndex={-1}>
          <p className="hint">You are not in a workspace yet. Ask someone to add you.</p>
        </main>
      )}
      <Toaster />
    </div>
  );
}
