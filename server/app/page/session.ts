import type { Api } from './api.ts';
import { showConnection } from './connection.ts';
import { byId, fillSelect } from './dom.ts';
import { createCollabClient } from './generated/collab.client.gen.ts';
import type { OnlineUser } from './generated/collab.types.gen.ts';
import type { Notices } from './notices.ts';
import { sentence } from './sentence.ts';
import { showWorkspace } from './workspace.ts';

/** What is open between signing in and signing out. */
export interface Session {
  readonly close: () => void;
}

/** What a session stands on. */
export interface SessionParts {
  readonly api: Api;
  readonly notices: Notices;
  /** Called when the server does not accept the session any more. */
  readonly onRefused: () => void;
}

/** Where the tab keeps which workspace was open, for a reload. */
const storageKey = 'sockeye.workspace';

/** Opens the board of whoever is signed in. Rejects when the server refuses or cannot be reached. */
export async function openSession({ api, notices, onRefused }: SessionParts): Promise<Session> {
  const [me, workspaces] = await Promise.all([api.me(), api.workspaces()]);
  const ended = new AbortController();
  const { signal } = ended;
  const client = createCollabClient({
    auth: async ({ reason }) => ({ token: await api.token(reason === 'expired') }),
  });
  let openWorkspace: (() => void) | undefined;

  client.connection.subscribe(() => {
    const { phase } = client.connection.getSnapshot();
    if (signal.aborted) return;
    showConnection(phase);
    if (phase === 'unauthorized') onRefused();
  });
  client.onNotification(notices.notify, { signal });
  client.onAnnouncement(notices.announce, { signal });
  const lease = client.connect();
  showConnection(client.connection.getSnapshot().phase);

  const picker = byId('workspace', HTMLSelectElement);
  fillSelect(
    picker,
    workspaces.map(({ id, name }) => [id, name] as const),
  );
  const before = sessionStorage.getItem(storageKey);
  if (workspaces.some(({ id }) => id === before)) picker.value = before ?? '';
  const pick = (): void => {
    openWorkspace?.();
    sessionStorage.setItem(storageKey, picker.value);
    const workspace = workspaces.find(({ id }) => id === picker.value);
    openWorkspace = workspace && showWorkspace({ workspace, client, api, notices, me: me.id });
  };
  picker.addEventListener('change', pick, { signal });
  pick();

  const presence = byId('presence', HTMLSelectElement);
  const setPresence = async (): Promise<void> => {
    const set = await client.presenceUpdate({ presence: presence.value as OnlineUser['presence'] });
    if (!set.ok) notices.toast('Your presence was not set. Try again.');
  };
  presence.addEventListener('change', () => void setPresence(), { signal });

  const panel = byId('announce-panel', HTMLFormElement);
  byId('announce', HTMLButtonElement).hidden = !me.admin;
  const announce = async (): Promise<void> => {
    try {
      await api.announce(valueOf(panel, 'text'), valueOf(panel, 'level'));
      panel.reset();
      panel.hidePopover();
    } catch (error) {
      notices.toast(sentence(error));
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void announce();
  };
  panel.addEventListener('submit', submit, { signal });

  return {
    close: () => {
      ended.abort();
      openWorkspace?.();
      lease.release();
      client.close();
    },
  };
}

function valueOf(form: HTMLFormElement, name: string): string {
  return (form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value;
}
