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
import { hearEvents, type HeardEvents } from './hear-events.ts';
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

/** Notes everything that a client of chat is sent from then on. */
export function hearChat(client: ChatClient): HeardEvents<ChatEvents> {
  return hearEvents<ChatEvents>(client, {
    announcement: true,
    'channel:added': true,
    'channel:removed': true,
    'channel:updated': true,
    'member:joined': true,
    'member:left': true,
    'message:new': true,
    'message:receipt': true,
    'typing:start': true,
    'typing:stop': true,
  });
}

let marks = 0;

/** Tells everyone something and waits until these have heard it: whatever was sent to them before has arrived. */
export async function chatSettled(
  app: App,
  ...clients: readonly Pick<HeardEvents<ChatEvents>, 'first'>[]
): Promise<void> {
  const text = `settled ${++marks}`;
  app.chat
    .all()
    .emit('announcement', { id: crypto.randomUUID(), text, level: 'info', createdAt: new Date() });
  await Promise.all(clients.map((heard) => heard.first('announcement', (each) => each.text === text)));
}
