import type { ClientBase, Result, Store } from '@sockeye/client';
import type { Api, Me, Workspace } from './api.ts';
import { sentence } from './sentence.ts';
import { createStore } from './store.ts';
import { isOriginalTab } from './tab.ts';

/** Who is signed in, and with what. */
export type SessionState<Client> =
  | { readonly phase: 'restoring' }
  /** `message` says why, where that was not the person's own wish. */
  | { readonly phase: 'signed-out'; readonly message?: string }
  | ({ readonly phase: 'signed-in' } & SignedIn<Client>);

/** What there is between signing in and signing out. */
export interface SignedIn<Client> {
  readonly me: Me;
  readonly workspaces: readonly Workspace[];
  /** Made for this person; closed when they sign out. */
  readonly client: Client;
}

/** The session of this tab. */
export interface Session<Client> extends Store<SessionState<Client>> {
  /** Goes on where a reload has left off. */
  readonly restore: () => Promise<void>;
  readonly signIn: (username: string, password: string) => Promise<Result<void>>;
  /** Closes the client, and with it everything that was known of the person. */
  readonly signOut: (message?: string) => void;
  /** Closes the client and nothing else: the module is being replaced. */
  readonly dispose: () => void;
}

const over = 'Your session has ended. Sign in again.';

/** Makes the session; `createClient` is called once for everyone who signs in. */
export function createSession<Client extends ClientBase>(
  api: Api,
  createClient: () => Client,
): Session<Client> {
  const store = createStore<SessionState<Client>>({ phase: 'restoring' });
  let client: Client | undefined;

  const dispose = (): void => {
    client?.close();
    client = undefined;
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
      const message = error?.code === 'UNAUTHENTICATED' ? over : sentence(error);
      return store.set({ phase: 'signed-out', message });
    }
    const mine = (client = createClient());
    mine.connection.subscribe(() => {
      if (mine === client && mine.connection.getSnapshot().phase === 'unauthorized') signOut(over);
    });
    store.set({ phase: 'signed-in', me: me.data, workspaces: workspaces.data, client: mine });
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
