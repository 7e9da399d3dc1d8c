import type { ClientBase, Result, Store } from '@sockeye/client';
import type { Api, Me, Workspace } from './api.ts';
import { signInSentence } from './sentence.ts';
import { createStore } from './store.ts';
import { isOriginalTab } from './tab.ts';

/** Who is signed in, and what they may open. */
export interface Person {
  readonly me: Me;
  readonly workspaces: readonly Workspace[];
}

/** What is open between signing in and signing out. */
export interface Live {
  /** The client whose connection is told of. */
  readonly client: ClientBase;
  /** Closes the client, and with it everything that was known of the person. */
  readonly close: () => void;
}

/** Where the session of a tab stands. */
export type SessionState<Opened> =
  | { readonly phase: 'restoring' }
  /** `message` says why, where that was not the person's own wish. */
  | { readonly phase: 'signed-out'; readonly message?: string }
  | { readonly phase: 'signed-in'; readonly person: Person; readonly live: Opened };

/** The session of this tab. */
export interface Session<Opened> extends Store<SessionState<Opened>> {
  /** Goes on where a reload has left off. */
  readonly restore: () => Promise<void>;
  readonly signIn: (username: string, password: string) => Promise<Result<void>>;
  /** Closes what is open, and ends the session on the server. */
  readonly signOut: (message?: string) => void;
  /** Closes what is open and nothing else: the module is being replaced. */
  readonly dispose: () => void;
}

const over = 'Your session has ended. Sign in again.';

/** Makes the session; `open` is called once for everyone who signs in. */
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
      // The copy of a tab brings a copy of its refresh token, and only one of the two could use it.
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
