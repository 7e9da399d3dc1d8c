import type { ClientBase, Result, Store } from '@sockeye/client';
import type { Api, Me, Workspace } from './api.ts';
import { signInSentence } from './sentence.ts';
import { createStore } from './store.ts';
import { isOriginalTab } from './tab.ts';

/** The signed-in user and their workspaces. */
export interface Person {
  readonly me: Me;
  readonly workspaces: readonly Workspace[];
}

/** Resources that are open while a user is signed in. */
export interface Live {
  /** The client whose connection is shown. */
  readonly client: ClientBase;
  /** Closes the client and clears all data of the user. */
  readonly close: () => void;
}

/** State of a tab's session. */
export type SessionState<Opened> =
  | { readonly phase: 'restoring' }
  /** `message`: the reason, if the user did not sign out. */
  | { readonly phase: 'signed-out'; readonly message?: string }
  | { readonly phase: 'signed-in'; readonly person: Person; readonly live: Opened };

/** The session of this tab. */
export interface Session<Opened> extends Store<SessionState<Opened>> {
  /** Resumes the session after a reload. */
  readonly restore: () => Promise<void>;
  readonly signIn: (username: string, password: string) => Promise<Result<void>>;
  /** Closes the open resources and ends the session on the server. */
  readonly signOut: (message?: string) => void;
  /** Only closes the open resources, when the module is replaced. */
  readonly dispose: () => void;
}

const over = 'Your session has ended. Sign in again.';

/** Creates the session. `open` is called once per sign-in. */
export function createSession<Opened extends Live>(
  api: Api,
  open: (person: Person) => Opened,
): Session<Opened> {
  const store = createStore<SessionState<Opened>>({ phase: 'restoring' });
  let live: Opened | undefined;

  const dispose = (): void => {
    const closing = live;
    live = undefined;
    closing?.close();
  };

  const signOut = (message?: string): void => {
    dispose();
    void api.signOut();
    store.set({ phase: 'signed-out', ...(message !== undefined && { message }) });
  };

  const enter = async (): Promise<void> => {
    const [me, workspaces] = await Promise.all([api.me(), api.workspaces()]);
    if (!me.ok || !workspaces.ok) {
      const error = (me.ok ? undefined : me.error) ?? (workspaces.ok ? undefined : workspaces.error);
      const message = error?.code === 'UNAUTHENTICATED' ? over : signInSentence(error);
      return store.set({ phase: 'signed-out', message });
    }
    const person = { me: me.data, workspaces: workspaces.data };
    const mine = (live = open(person));
    const { connection } = mine.client;
    connection.subscribe(() => {
      if (mine === live && connection.getSnapshot().phase === 'unauthorized') signOut(over);
    });
    store.set({ phase: 'signed-in', person, live: mine });
  };

  return {
    ...store,
    restore: async () => {
      // A duplicated tab has a copy of the refresh token, which only one of the two tabs can use.
      if (!(await isOriginalTab())) api.forget();
      if (api.hasSession()) await enter();
      else store.set({ phase: 'signed-out' });
    },
    signIn: async (username, password) => {
      const result = await api.signIn(username, password);
      if (result.ok) await enter();
      return result;
    },
    signOut,
    dispose,
  };
}
