import type { Api } from '../../../clients/demo/api.ts';
import { textOf } from '../../../clients/demo/form.ts';
import { sentence } from '../../../clients/demo/sentence.ts';
import type { Live, Person } from '../../../clients/demo/session.ts';
import { showConnection } from './connection.ts';
import { byId, fillSelect } from './dom.ts';
import { createCollabClient } from './generated/collab.client.gen.ts';
import type { OnlineUser } from './generated/collab.types.gen.ts';
import type { Notices } from './notices.ts';
import { showWorkspace } from './workspace.ts';

/** Options of {@link openLive}. */
export interface LiveParts {
  readonly api: Api;
  readonly notices: Notices;
  readonly person: Person;
}

/** Where the tab keeps which workspace was open, for a reload. */
const storageKey = 'sockeye.workspace';

/** Connects whoever has signed in, and shows a workspace of theirs until it is closed. */
export function openLive({ api, notices, person: { me, workspaces } }: LiveParts): Live {
  const ended = new AbortController();
  const { signal } = ended;
  const client = createCollabClient({
    auth: async ({ reason }) => ({ token: await api.token(reason === 'expired') }),
    projections: { tasks: { load: (params, context) => api.tasks(params.workspaceId, context.signal) } },
  });
  const { toasts } = notices;
  const problem = (text: string): void => toasts.show(text, 'problem');
  let openWorkspace: (() => void) | undefined;

  const seeConnection = (): void => showConnection(client.connection.getSnapshot());
  const stops = [client.connection.subscribe(seeConnection), notices.watch(client.notifications)];
  client.onNotification(({ title, body }) => toasts.say([title, body].filter(Boolean).join(': ')), {
    signal,
  });
  client.onAnnouncement(notices.announce, { signal });
  client.connect();
  seeConnection();

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
    if (!set.ok) problem('Could not set your presence. Try again.');
  };
  presence.addEventListener('change', () => void setPresence(), { signal });

  const panel = byId('announce-panel', HTMLFormElement);
  byId('announce', HTMLButtonElement).hidden = !me.admin;
  const announce = async (): Promise<void> => {
    const level = textOf(panel, 'level') === 'warning' ? 'warning' : 'info';
    const result = await api.announce(textOf(panel, 'text'), level);
    if (!result.ok) return problem(sentence(result.error));
    panel.reset();
    panel.hidePopover();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void announce();
  };
  panel.addEventListener('submit', submit, { signal });

  return {
    client,
    close: () => {
      ended.abort();
      for (const stop of stops) stop();
      openWorkspace?.();
      client.close();
    },
  };
}
