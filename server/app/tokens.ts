import { randomUUID } from 'node:crypto';
import { ContractError } from '@sockeye/contract/wire';
import { jwt, type JwtAuthenticate, type JwtClaims } from '@sockeye/server';
import { SignJWT, type JWTPayload } from 'jose';
import type { Store, StoredUser } from './stores/store.ts';

/** The tokens that a client receives on sign-in and with every refresh. */
export interface TokenPair {
  /** For `Authorization: Bearer` and the handshake's `auth.token`. */
  readonly accessToken: string;
  /** Valid for one refresh. Using it twice ends the session, because one of the two callers has stolen it. */
  readonly refreshToken: string;
  /** Lifetime of the access token, in seconds. */
  readonly expiresIn: number;
}

/** The user of an access token. */
export interface Principal {
  readonly user: StoredUser;
  readonly sessionId: string;
}

/** Issues, checks and ends tokens. */
export interface Tokens {
  /**
   * Starts a session.
   *
   * @throws ContractError FORBIDDEN if the user is disabled.
   */
  issue(user: StoredUser): Promise<TokenPair>;
  /**
   * Exchanges a refresh token for a new pair (RFC 9700, section 4.14.2: rotation with reuse detection).
   *
   * @throws ContractError UNAUTHENTICATED if it is forged, expired or used, or its session has ended.
   */
  refresh(refreshToken: string): Promise<TokenPair>;
  /**
   * Verifies access tokens of handshakes and requests, and that session and user still exist: UNAUTHENTICATED if not,
   * FORBIDDEN (thrown) if the user is disabled.
   */
  readonly access: JwtAuthenticate<Principal>;
  /** Ends the session of a refresh token, or every session of its user. Forged tokens end nothing. */
  end(refreshToken: string, everywhere: boolean): Promise<void>;
  /** Ends every session of a user. */
  endAll(userId: string): Promise<void>;
}

/** Options of {@link createTokens}. */
export interface TokenOptions {
  readonly store: Store;
  /** Key of HS256, at least 32 bytes (RFC 7518, section 3.2). */
  readonly secret: string;
  readonly accessTokenSeconds: number;
  /** How long a session lasts without a refresh. Default: 14 days. */
  readonly refreshTokenSeconds?: number;
  /** Called with every session that has ended, however it did. */
  readonly onSessionEnd: (sessionId: string) => void;
  readonly now: () => Date;
}

/** Issuer of both kinds of token. */
export const tokenIssuer = 'sockeye-reference';

/** Audience of access tokens; refresh tokens have another, so that neither passes for the other. */
export const accessAudience = 'collab';

const refreshAudience = 'collab:refresh';
const algorithm = 'HS256';

/** Creates {@link Tokens} on a store and a secret. */
export function createTokens(options: TokenOptions): Tokens {
  const { store, accessTokenSeconds, refreshTokenSeconds = 14 * 86_400, onSessionEnd, now } = options;
  const key = new TextEncoder().encode(options.secret);

  const sign = (claims: JWTPayload, audience: string, seconds: number): Promise<string> => {
    const issuedAt = Math.floor(now().getTime() / 1_000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm })
      .setIssuer(tokenIssuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + seconds)
      .setJti(randomUUID())
      .sign(key);
  };

  const pair = async (userId: string, sessionId: string, generation: number): Promise<TokenPair> => ({
    accessToken: await sign({ sub: userId, sid: sessionId }, accessAudience, accessTokenSeconds),
    refreshToken: await sign(
      { sub: userId, sid: sessionId, gen: generation },
      refreshAudience,
      refreshTokenSeconds,
    ),
    expiresIn: accessTokenSeconds,
  });

  const checks = { secret: options.secret, algorithms: [algorithm], issuer: tokenIssuer, now } as const;

  const access = jwt<Principal>({
    ...checks,
    audience: accessAudience,
    identity: async ({ sub, ...claims }) => {
      const session = await store.sessions.get(String(claims['sid']));
      const user = session?.userId === sub ? await store.users.get(sub) : undefined;
      if (user?.disabled) throw disabled();
      return session && user && { user, sessionId: session.id };
    },
  });

  const refreshable = jwt<JwtClaims>({ ...checks, audience: refreshAudience, identity: (claims) => claims });

  const refreshClaims = async (token: string) => {
    const verified = await refreshable.verify(token);
    if (!verified.ok) throw ended();
    const { sub, sid, gen } = verified.data.claims;
    return { userId: sub, sessionId: String(sid), generation: Number(gen) };
  };

  const endAll = async (userId: string): Promise<void> => {
    for (const id of await store.sessions.endAll(userId)) onSessionEnd(id);
  };

  return {
    issue: async (user) => {
      if (user.disabled) throw disabled();
      const session = {
        id: `ses_${randomUUID()}`,
        userId: user.id,
        generation: 1,
        expiresAt: after(refreshTokenSeconds),
      };
      await store.sessions.put(session);
      return pair(user.id, session.id, session.generation);
    },
    refresh: async (refreshToken) => {
      const { userId, sessionId, generation } = await refreshClaims(refreshToken);
      const outcome = await store.sessions.rotate(sessionId, generation, after(refreshTokenSeconds));
      if (outcome.kind === 'rotated') return pair(userId, sessionId, outcome.session.generation);
      if (outcome.kind === 'reused') onSessionEnd(sessionId);
      throw ended();
    },
    access,
    endAll,
    end: async (refreshToken, everywhere) => {
      const { userId, sessionId } = await refreshClaims(refreshToken);
      if (everywhere) await endAll(userId);
      else if (await store.sessions.end(sessionId)) onSessionEnd(sessionId);
    },
  };

  function after(seconds: number): Date {
    return new Date(now().getTime() + seconds * 1_000);
  }
}

function ended(): ContractError {
  return new ContractError('UNAUTHENTICATED', { message: 'The session has ended. Sign in again.' });
}

function disabled(): ContractError {
  return new ContractError('FORBIDDEN', { message: 'This account is disabled.' });
}
