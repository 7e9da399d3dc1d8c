import { onTestFinished } from 'vitest';
import { createApp, type App, type AppOptions } from '../../server/app/app.ts';
import { demoPassword } from '../../server/app/demo-data.ts';
import {
  createCollabClient,
  type CollabClient,
  type CollabClientOptions,
  type CollabEvents,
} from '../../server/app/page/generated/collab.client.gen.ts';
import { memoryStore } from '../../server/app/stores/memory.ts';
import { hearEvents, type HeardEvents } from './hear-events.ts';

/** Signs the tokens of every server under test. */
export const jwtSecret = 'a secret for tests, of more than 32 bytes';

/** Starts the reference server with the demo users on a free port; it is closed after the test. */
export async function startReference(options: Partial<AppOptions> = {}): Promise<App> {
  const app = await createApp({
    store: memoryStore(),
    jwtSecret,
    demo: true,
    page: false,
    passwordCost: 2 ** 10,
    presence: { graceMs: 0, tickMs: 1 },
    ...options,
  });
  onTestFinished(async () => void (await app.close(1_000)));
  return app;
}

/** What a call over HTTP ended with. */
export interface Answer<Body = never> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Calls a route. Anything but a string body is sent as JSON. */
export async function call<Body>(
  app: App,
  route: string,
  { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<Body>> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text && parse(text)) as Body };
}

/** Tokens of a sign-in. */
export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Signs a demo user in. */
export async function signIn(app: App, username: string): Promise<SignedIn> {
  const { status, body } = await call<SignedIn>(app, 'POST /auth/login', {
    body: { username, password: demoPassword },
  });
  if (status !== 200) throw new Error(`${username} was not signed in: ${status}`);
  return body;
}

/** A generated client that reconnects quickly; closed after the test. */
export function clientOf(app: App, token: string, options: Partial<CollabClientOptions> = {}): CollabClient {
  const client = createCollabClient({
    url: app.url,
    auth: () => ({ token }),
    backoff: { minMs: 10, maxMs: 50 },
    lingerMs: 0,
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

/** A signed-in user with a connected generated client. */
export async function connect(app: App, username: string, options: Partial<CollabClientOptions> = {}) {
  const tokens = await signIn(app, username);
  const client = clientOf(app, tokens.accessToken, options);
  const heard = hear(client);
  client.connect();
  await phase(client, 'connected');
  return { ...tokens, client, heard };
}

/** Signed in, connected, and in a workspace. */
export async function joined(app: App, username: string, workspaceId = 'ws_design') {
  const member = await connect(app, username);
  const room = member.client.workspace({ workspaceId });
  const lease = room.join();
  const first = await lease.ready;
  if (!first.ok) throw new Error(`${username} was not let in: ${first.error.code}`);
  return { ...member, room, lease, data: first.data };
}

/**
 * Alice and Bob, signed in and in one workspace, with nothing on its way to them any more: what is volatile would be
 * lost behind it.
 */
export async function aliceAndBob(app: App) {
  const [alice, bob] = [await joined(app, 'alice'), await joined(app, 'bob')];
  for (const { heard } of [alice, bob]) await heard.first('online_users', ({ users }) => users.length === 2);
  await settled(app, alice.heard, bob.heard);
  return [alice, bob] as const;
}

/** Resolves as soon as a client's connection is in a phase. */
export function phase(client: CollabClient, wanted: string): Promise<void> {
  return until(client.connection, ({ phase }) => phase === wanted).then(() => {});
}

/** Resolves with the value of a store as soon as it is as wanted. */
export function until<Value>(
  store: { readonly getSnapshot: () => Value; readonly subscribe: (listener: () => void) => () => void },
  wanted: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve) => {
    const look = () => {
      const value = store.getSnapshot();
      if (!wanted(value)) return;
      stop();
      resolve(value);
    };
    const stop = store.subscribe(look);
    look();
  });
}

/** Everything that a client of the board was sent, in order. */
export type Heard = HeardEvents<CollabEvents>;

/** Notes everything that a client of the board is sent from then on. */
export function hear(client: CollabClient): Heard {
  return hearEvents<CollabEvents>(client, {
    announcement: true,
    'cursor:moved': true,
    'editing:start': true,
    'editing:stop': true,
    notification: true,
    online_users: true,
    'presence:online': true,
    'presence:update': true,
    'task:activity': true,
    'task:created': true,
    'task:deleted': true,
    'task:updated': true,
    'user:typing': true,
  });
}

/** Tells everyone something and waits until these have heard it: whatever was sent to them before has arrived. */
export async function settled(app: App, ...clients: readonly Heard[]): Promise<void> {
  const text = `settled ${++marks}`;
  app.collab
    .all()
    .emit('announcement', { id: crypto.randomUUID(), text, level: 'info', createdAt: new Date() });
  await Promise.all(
    clients.map((heard) => heard.first('announcement', (announcement) => announcement.text === text)),
  );
}

let marks = 0;

/** Cuts the transport of every connection, as a lost network does; clients are not told to stay away. */
export function cutTransports(app: App): void {
  for (const socket of app.io.sockets.sockets.values()) socket.conn.close(true);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
