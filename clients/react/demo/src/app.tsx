import { useStore } from '@sockeye/react';
import { ChatProvider } from './generated/chat.react.gen.ts';
import { CollabProvider } from './generated/collab.react.gen.ts';
import { NotificationsProvider } from './generated/notifications.react.gen.ts';
import { InboxContext } from './notices/inbox.ts';
import { session } from './session/session.ts';
import { SignIn } from './session/sign-in.tsx';
import { PersonContext } from './session/person.ts';
import { Shell } from './shell/shell.tsx';

/** The application: the sign-in form, then the workspaces. */
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
            <ChatProvider client={state.live.chat}>
              <NotificationsProvider client={state.live.notifications}>
                <InboxContext value={state.live.inbox}>
                  <Shell />
                </InboxContext>
              </NotificationsProvider>
            </ChatProvider>
          </CollabProvider>
        </PersonContext>
      );
  }
}
