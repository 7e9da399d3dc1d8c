import { onTestFinished } from 'vitest';
import type { App } from '../../server/app/app.ts';
import {
  createChatClient,
  type ChatClient,
  type ChatClientOptions,
  type ChatEvents,
} from '../../server/app/page/generated/chat.client.gen.ts';
import {
  createNotificationsClient,
  type NotificationsClient,
  type NotificationsClientOptions,
} from '../../server/app/page/generated/notifications.client.gen.ts';
import { signIn, until } from './reference.ts';

/** Options that suit tests: quick to come back, quick to leave. */
export const quick = { backoff: { minMs: 10, maxMs: 50 }, lingerMs: 0 } as const;

/** A signed-in user with a connected client of chat. */
export async function chatting(app: App, username: string, options: Partial<ChatClientOptions> = {}) {
  const tokens = await signIn(app, username);
  const auth = () => ({ token: tokens.accessToken });
  const client = createChatClient({ url: app.url, auth, ...quick, ...options });
  onTestFinished(() => client.close());
  const heard = hearChat(client);
  client.connect();
  await until(client.connection, ({ phase }) => phase === 'connected');
  return { ...tokens, client, heard };
}

/** The same, in a channel. */
export async function inChannel(app: App, username: string, channelId = 'ch_general') {
  const member = await chatting(app, username);
  const room = member.client.channel({ channelId });
  const lease = room.join();
  const first = await lease.ready;
  if (!first.ok) throw new Error(`${username} was not let in: ${first.error.code}`);
  return { ...member, room, lease, data: first.data };
}

/** A signed-in user with a connected client of stored notifications. */
export async function notified(
  app: App,
  username: string,
  options: Partial<NotificationsClientOptions> = {},
) {
  const tokens = await signIn(app, username);
  const client: NotificationsClient = createNotificationsClient({
    url: app.url,
    auth: () => ({ token: tokens.accessToken }),
    ...quick,
    ...options,
  });
  onTestFinished(() => client.close());
  client.connect();
  await until(client.unread, (unread) => unread !== undefined);
  return { ...tokens, client };
}

const eventNames = [
  'announcement',
  'channel:added',
  'channel:removed',
  'channel:updated',
  'member:joined',
  'member:left',
  'message:new',
  'message:receipt',
  'typing:start',
  'typing:stop',
] as const satisfies readonly (keyof ChatEvents)[];

/** Notes everything that a client of chat is sent from then on. */
export function hearChat(client: ChatClient) {
  const all: { event: string; payload: unknown }[] = [];
  const waiting = new Set<() => void>();
  for (const event of eventNames) {
    client.on(event, (payload) => {
      all.push({ event, payload });
      for (const look of [...waiting]) look();
    });
  }
  const of = <E extends keyof ChatEvents>(event: E) =>
    all.filter((each) => each.event === event).map(({ payload }) => payload as ChatEvents[E]);
  const first = <E extends keyof ChatEvents>(
    event: E,
    wanted: (payload: ChatEvents[E]) => boolean = () => true,
  ) =>
    new Promise<ChatEvents[E]>((resolve) => {
      const look = () => {
        const found = of(event).find(wanted);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { all, of, first };
}

let marks = 0;

/** Tells everyone something and waits until these have heard it: whatever was sent to them before has arrived. */
export async function chatSettled(
  app: App,
  ...clients: readonly { readonly first: ReturnType<typeof hearChat>['first'] }[]
): Promise<void> {
  const text = `settled ${++marks}`;
  app.chat
    .all()
    .emit('announcement', { id: crypto.randomUUID(), text, level: 'info', createdAt: new Date() });
  await Promise.all(clients.map((heard) => heard.first('announcement', (each) => each.text === text)));
}
