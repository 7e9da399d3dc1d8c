import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { accessAudience, tokenIssuer } from '../../server/app/tokens.ts';
import type { App } from '../../server/app/app.ts';
import {
  call,
  clientOf,
  connect,
  joined,
  jwtSecret,
  phase,
  signIn,
  startReference,
  until,
  type SignedIn,
} from './reference.ts';

/** A token like the server's own, with some claims changed. */
async function tokenLike(
  { accessToken }: SignedIn,
  {
    secret = jwtSecret,
    alg = 'HS256',
    claims = {},
  }: { secret?: string; alg?: string; claims?: Record<string, unknown> },
): Promise<string> {
  const own = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
  return new SignJWT({ ...own, ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret));
}

/** A token with `alg: none`, as no server should take it. */
function unsigned({ accessToken }: SignedIn): string {
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  return `${header}.${accessToken.split('.')[1]}.`;
}

describe('a handshake', () => {
  test.each<[string, (tokens: SignedIn) => string | Promise<string>]>([
    ['without a token', () => ''],
    ['with nonsense', () => 'nonsense'],
    [
      'with a token of another secret',
      (own) => tokenLike(own, { secret: 'another secret, of more than 32 bytes' }),
    ],
    [
      'with a token of another algorithm',
      (own) => tokenLike(own, { alg: 'HS512', secret: jwtSecret.repeat(2) }),
    ],
    ['with an unsigned token', unsigned],
    ['with a token of another issuer', (own) => tokenLike(own, { claims: { iss: 'mallory' } })],
    [
      'with a token for another audience',
      (own) => tokenLike(own, { claims: { aud: `${accessAudience}:other` } }),
    ],
    ['with a token of a session that never was', (own) => tokenLike(own, { claims: { sid: 'ses_never' } })],
    ['with somebody else’s session', (own) => tokenLike(own, { claims: { sub: 'u_bob' } })],
    ['with a token without an end', (own) => tokenLike(own, { claims: { exp: undefined } })],
    ['with the refresh token', ({ refreshToken }) => refreshToken],
  ])('%s is refused', async (_, tokenOf) => {
    const app = await startReference();
    const token = await tokenOf(await signIn(app, 'alice'));
    const client = clientOf(app, token);
    client.connect();
    const { error } = await until(client.connection, ({ phase }) => phase === 'unauthorized');
    expect(['UNAUTHENTICATED', 'INVALID_PAYLOAD']).toContain(error?.code);
    expect(app.collab.namespace.sockets.size).toBe(0);
  });

  test('with the token that these tests change, unchanged, is let in', async () => {
    const app = await startReference();
    const client = clientOf(
      app,
      await tokenLike(await signIn(app, 'alice'), { claims: { iss: tokenIssuer } }),
    );
    client.connect();
    await phase(client, 'connected');
  });

  test('with an expired token is refused as expired, and works with a refreshed one', async () => {
    const app = await startReference();
    const own = await signIn(app, 'alice');
    const expired = await tokenLike(own, { claims: { exp: Math.floor(Date.now() / 1_000) - 60 } });
    const reasons: string[] = [];
    const client = clientOf(app, '', {
      auth: async ({ reason }) => {
        reasons.push(reason);
        if (reason !== 'expired') return { token: expired };
        const { body } = await call<SignedIn>(app, 'POST /auth/refresh', {
          body: { refreshToken: own.refreshToken },
        });
        return { token: body.accessToken };
      },
    });
    client.connect();
    await phase(client, 'connected');
    expect(reasons).toEqual(['connect', 'expired']);
  });

  test('with a token that is refreshed in vain ends unauthorized', async () => {
    const app = await startReference();
    const expired = await tokenLike(await signIn(app, 'alice'), {
      claims: { exp: Math.floor(Date.now() / 1_000) - 60 },
    });
    const client = clientOf(app, expired);
    client.connect();
    const { error } = await until(client.connection, ({ phase }) => phase === 'unauthorized');
    expect(error?.code).toBe('TOKEN_EXPIRED');
  });
});

describe('a room', () => {
  test.each(['ws_books', 'ws_nowhere'])('%s is for members only', async (workspaceId) => {
    const app = await startReference();
    const { client } = await connect(app, 'alice');
    const room = client.workspace({ workspaceId });
    const answer = await room.join().ready;
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', details: { room: `workspace:${workspaceId}` }, retryable: false },
    });
    expect(room.status.getSnapshot().phase).toBe('denied');
    expect(app.io.sockets.adapter.rooms.has(`workspace:${workspaceId}`)).toBe(false);
  });
});

describe('signing out', () => {
  test('disconnects every tab of the session, and nobody else’s', async () => {
    const app = await startReference();
    const alice = await joined(app, 'alice');
    const tab = clientOf(app, alice.accessToken);
    tab.connect();
    await phase(tab, 'connected');
    const elsewhere = await connect(app, 'alice');
    const bob = await connect(app, 'bob');
    const ends = [phase(alice.client, 'unauthorized'), phase(tab, 'unauthorized')];
    await call(app, 'POST /auth/logout', { body: { refreshToken: alice.refreshToken } });
    await Promise.all(ends);
    expect(identities(app)).toEqual(['u_alice', 'u_bob']);
    expect([elsewhere, bob].map(({ client }) => client.connection.getSnapshot().phase)).toEqual([
      'connected',
      'connected',
    ]);
  });

  test('everywhere disconnects every session of the user', async () => {
    const app = await startReference();
    const [one, two, bob] = [
      await connect(app, 'alice'),
      await connect(app, 'alice'),
      await connect(app, 'bob'),
    ];
    const ends = [phase(one.client, 'unauthorized'), phase(two.client, 'unauthorized')];
    await call(app, 'POST /auth/logout', { body: { refreshToken: one.refreshToken, everywhere: true } });
    await Promise.all(ends);
    expect(identities(app)).toEqual(['u_bob']);
    expect(bob.client.connection.getSnapshot().phase).toBe('connected');
  });

  test('a stolen refresh token, used, disconnects the session', async () => {
    const app = await startReference();
    const alice = await connect(app, 'alice');
    const ended = phase(alice.client, 'unauthorized');
    const body = { refreshToken: alice.refreshToken };
    await call(app, 'POST /auth/refresh', { body });
    await call(app, 'POST /auth/refresh', { body });
    await ended;
  });
});

function identities(app: App): string[] {
  return [...app.io.sockets.sockets.values()]
    .map((socket) => (socket.data as { identity: { id: string } }).identity.id)
    .sort();
}
