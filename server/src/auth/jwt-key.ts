import { ContractError } from '@sockeye/contract/wire';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';

/** The key that verifies tokens: exactly one of these fields. */
export interface JwtKeySource {
  /** For HS*: at least as long as the hash, 32 bytes for HS256 (RFC 7518, section 3.2). Text counts in UTF-8. */
  readonly secret?: string | Uint8Array;
  /** For RS*, PS*, ES* and EdDSA: PEM text (SPKI or X.509), or Node's key object. */
  readonly publicKey?: string | KeyObject;
  /** For RS*, PS*, ES* and EdDSA: a key set, or the URL of one, fetched when needed and cached by `jose`. */
  readonly jwks?: JSONWebKeySet | URL | string;
}

const families = {
  HS256: 'HMAC',
  HS384: 'HMAC',
  HS512: 'HMAC',
  RS256: 'RSA',
  RS384: 'RSA',
  RS512: 'RSA',
  PS256: 'RSA',
  PS384: 'RSA',
  PS512: 'RSA',
  ES256: 'EC',
  ES384: 'EC',
  ES512: 'EC',
  EdDSA: 'EdDSA',
  Ed25519: 'EdDSA',
} as const;

/** A signature algorithm (JSON Web Algorithms, RFC 7518 and RFC 8037). */
export type JwtAlgorithm = keyof typeof families;

/**
 * The key of a source, checked against its algorithms.
 *
 * @throws ContractError if there is not exactly one source, or if it is too short or of another family.
 */
export function verificationKey(source: JwtKeySource, algorithms: readonly JwtAlgorithm[]): JWTVerifyGetKey {
  const given = [source.secret, source.publicKey, source.jwks].filter((one) => one !== undefined);
  if (given.length !== 1) throw unsafe('needs exactly one of secret, publicKey and jwks');
  const kinds = new Set(algorithms.map((algorithm) => families[algorithm]));
  if (kinds.size !== 1 || kinds.has(undefined as never))
    throw unsafe('needs algorithms of exactly one known family');
  if (kinds.has('HMAC') !== (source.secret !== undefined))
    throw unsafe('needs a secret for HS* algorithms, and only for these');
  if (source.secret !== undefined) return constantly(secretKey(source.secret, algorithms));
  if (source.publicKey !== undefined) return constantly(publicKey(source.publicKey));
  const { jwks } = source;
  return jwks instanceof URL || typeof jwks === 'string'
    ? createRemoteJWKSet(new URL(jwks))
    : createLocalJWKSet(jwks!);
}

function secretKey(secret: string | Uint8Array, algorithms: readonly JwtAlgorithm[]): KeyObject {
  const bytes = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : secret;
  const needed = Math.max(...algorithms.map((algorithm) => Number(algorithm.slice(2)) / 8));
  if (bytes.byteLength < needed)
    throw unsafe(`needs a secret of at least ${needed} bytes for ${algorithms.join(', ')}`);
  return createSecretKey(bytes);
}

function publicKey(key: string | KeyObject): KeyObject {
  const made = typeof key === 'string' ? createPublicKey(key) : key;
  if (made.type !== 'public') throw unsafe('needs a public key');
  return made;
}

function constantly(key: KeyObject): JWTVerifyGetKey {
  return async () => key;
}

function unsafe(what: string): ContractError {
  return new ContractError('INTERNAL', { message: `jwt() ${what}.` });
}
