import { useStore } from '@sockeye/react';
import { CollabProvider } from './generated/collab.react.gen.ts';
import { session } from './session/session.ts';
import { SignIn } from './session/sign-in.tsx';
import { PersonContext } from './session/person.ts';
import { Shell } from './shell/shell.tsx';

/** The application: a sign-in, and behind it the workspaces. */
export function App() {
  const state = useStore(session);
  switch (state.phase) {
    case 'restoring':
      return null;
    case 'signed-out':
      return <SignIn message={state.message} />;
    case 'signed-in':
      return (
        <PersonContext value={state.person}>
          <CollabProvider client={state.live.client}>
            <Shell />
          </CollabProvider>
        </PersonContext>
      );
  }
}
