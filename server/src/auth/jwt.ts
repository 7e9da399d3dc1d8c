import {
  ContractError,
  errorBody,
  failure,
  success,
  type FixedCode,
  type Result,
} from '@sockeye/contract/wire';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { grant, refuse } from '../grant.ts';
import { shapeFault } from '../nesting.ts';
import type { Authenticate, Awaitable } from '../options.ts';
import { verificationKey, type JwtAlgorithm, type JwtKeySource } from './jwt-key.ts';

/** The claims of a verified token; `sub` and `exp` are always present. */
export type JwtClaims = JWTPayload & { readonly sub: string; readonly exp: number };

/** Options of {@link jwt}. Exactly one of `secret`, `publicKey` and `jwks` is required. */
export interface JwtOptions<Identity> extends JwtKeySource {
  /** The accepted signature algorithms, all of one family: HS*, RS* and PS*, ES*, or EdDSA. */
  readonly algorithms: readonly [JwtAlgorithm, ...JwtAlgorithm[]];
  /** The accepted issuer (`iss`), or several. */
  readonly issuer: string | string[];
  /** The required audience (`aud`), or several, of which the token must contain one. */
  readonly audience: string | string[];
  /**
   * Returns the identity, for example from a database; null if the user no longer exists. If it throws, the handshake
   * ends with UNAVAILABLE, so that an outage signs nobody out.
   */
  readonly identity: (claims: JwtClaims) => Awaitable<Identity | null | undefined>;
  /** Maximum length of a token in characters; a longer one is refused without parsing. Default: 8,192. */
  readonly maxTokenLength?: number;
  /** Accepted difference between clocks, in seconds. Default: 5. */
  readonly clockToleranceS?: number;
  /** Default: the system clock. */
  readonly now?: () => Date;
}

/** A verified token. */
export interface VerifiedToken<Identity> {
  readonly identity: Identity;
  readonly claims: JwtClaims;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number;
}

/** Verifies a token: TOKEN_EXPIRED or UNAUTHENTICATED if it is not valid. */
export type VerifyToken<Identity> = (token: unknown) => Promise<Result<VerifiedToken<Identity>>>;

/** {@link Authenticate} with a token, and the same check for HTTP routes. */
export interface JwtAuthenticate<Identity> extends Authenticate<
  { readonly token?: string | undefined },
  Identity
> {
  readonly verify: VerifyToken<Identity>;
}

/**
 * Authenticates with a JSON Web Token (RFC 7519) in `auth.token` or in `Authorization: Bearer`, following RFC 8725:
 * algorithms are pinned; `exp`, `sub`, `iss` and `aud` are required. The connection expires with the token.
 *
 * @throws ContractError if the options are unsafe: no key or a short one, algorithms of several families.
 * @example authenticate: jwt({ secret, algorithms: ['HS256'], issuer, audience, identity: ({ sub }) => users.find(sub) })
 */
export function jwt<Identity>(options: JwtOptions<Identity>): JwtAuthenticate<Identity> {
  const verify = tokenVerifier(options);
  const authenticate: Authenticate<{ readonly token?: string | undefined }, Identity> = async ({ token }) => {
    const result = await verify(token);
    if (!result.ok) return refuse(result.error.code as FixedCode);
    return grant(result.data.identity, result.data.expiresAt);
  };
  return Object.assign(authenticate, {
    verify,
    complete: (
      auth: Readonly<Record<string, unknown>>,
      { headers }: { readonly headers: { readonly authorization?: string | undefined } },
    ) => ({
      ...auth,
      token: auth['token'] ?? bearerToken(headers.authorization),
    }),
  });
}

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1); undefined if there is none. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/-]+=*) *$/i.exec(header ?? '')?.[1];
}

function tokenVerifier<Identity>(options: JwtOptions<Identity>): VerifyToken<Identity> {
  const { algorithms, audience, issuer, now, clockToleranceS = 5, maxTokenLength = 8_192 } = options;
  const key = verificationKey(options, algorithms);
  return async (token) => {
    if (typeof token !== 'string' || token.length > maxTokenLength)
      return failure(errorBody('UNAUTHENTICATED'));
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [...algorithms],
        audience,
        issuer,
        clockTolerance: clockToleranceS,
        requiredClaims: ['exp', 'sub'],
        ...(now === undefined ? {} : { currentDate: now() }),
      });
      if (!isUsable(payload)) return failure(errorBody('UNAUTHENTICATED'));
      const identity = await identityOf(options, payload);
      if (identity === null || identity === undefined) return failure(errorBody('UNAUTHENTICATED'));
      return success({ identity, claims: payload, expiresAt: (payload.exp + clockToleranceS) * 1_000 });
    } catch (error) {
      if (error instanceof errors.JWTExpired) return failure(errorBody('TOKEN_EXPIRED'));
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout))
        return failure(errorBody('UNAUTHENTICATED'));
      throw error instanceof ContractError ? error : new ContractError('UNAVAILABLE', { cause: error });
    }
  };
}

function isUsable(payload: JWTPayload): payload is JwtClaims {
  const bounds = { depth: 16, keys: 200, items: 1_000 };
  return typeof payload.sub === 'string' && payload.sub !== '' && shapeFault(payload, bounds) === 'none';
}

/** Distinguishes an error of the application from an invalid token. */
async function identityOf<Identity>(
  options: JwtOptions<Identity>,
  claims: JwtClaims,
): Promise<Identity | null | undefined> {
  try {
    return await options.identity(claims);
  } catch (error) {
    throw error instanceof ContractError ? error : new ContractError('UNAVAILABLE', { cause: error });
  }
}
