import { ContractError } from '@sockeye/contract/wire';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createHmac, KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serve, settled } from '../served.fixture.ts';
import { bearerToken, jwt, type JwtOptions } from './jwt.ts';

const secret = 'a secret of thirty-two bytes or more';
const key = new TextEncoder().encode(secret);
const rsa = await generateKeyPair('RS256', { extractable: true });
const rsaPem = KeyObject.from(rsa.publicKey).export({ type: 'spki', format: 'pem' }) as string;
const now = Math.floor(Date.now() / 1_000);

const options: JwtOptions<{ id: string; name: string }> = {
  secret,
  algorithms: ['HS256'],
  issuer: 'https://issuer',
  audience: 'notes',
  identity: ({ sub }) => (sub === 'gone' ? null : { id: sub, name: sub }),
};

const claims = { sub: 'ann', iss: 'https://issuer', aud: 'notes', exp: now + 60 };
const sign = (
  change: object = {},
  alg = 'HS256',
  by: Parameters<SignJWT['sign']>[0] = key,
): Promise<string> => new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg }).sign(by);

/** Signs any text, also what a library refuses to sign. */
function forge(payload: string, header = '{"alg":"HS256"}', by: string | Uint8Array = key): string {
  const body = `${Buffer.from(header).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  return `${body}.${createHmac('sha256', by).update(body).digest('base64url')}`;
}

describe('a token', () => {
  const cases: [name: string, token: () => unknown, want: string][] = [
    ['good', () => sign(), 'ok'],
    ['for several audiences', () => sign({ aud: ['x', 'notes'] }), 'ok'],
    ['expired within the tolerance', () => sign({ exp: now - 2 }), 'ok'],
    ['expired', () => sign({ exp: now - 60 }), 'TOKEN_EXPIRED'],
    ['not yet valid', () => sign({ nbf: now + 60 }), 'UNAUTHENTICATED'],
    ['without exp', () => sign({ exp: undefined }), 'UNAUTHENTICATED'],
    ['exp as text', () => forge(JSON.stringify({ ...claims, exp: String(claims.exp) })), 'UNAUTHENTICATED'],
    ['without sub', () => sign({ sub: undefined }), 'UNAUTHENTICATED'],
    ['empty sub', () => sign({ sub: '' }), 'UNAUTHENTICATED'],
    ['sub as a number', () => forge(JSON.stringify({ ...claims, sub: 5 })), 'UNAUTHENTICATED'],
    ['other issuer', () => sign({ iss: 'https://evil' }), 'UNAUTHENTICATED'],
    ['other audience', () => sign({ aud: 'x' }), 'UNAUTHENTICATED'],
    ['other algorithm', () => sign({}, 'HS384'), 'UNAUTHENTICATED'],
    ['other secret', () => sign({}, 'HS256', new Uint8Array(32)), 'UNAUTHENTICATED'],
    ['unsecured', () => new UnsecuredJWT(claims).encode(), 'UNAUTHENTICATED'],
    ['text payload', () => forge('"ann"'), 'UNAUTHENTICATED'],
    [
      'prototype claim',
      () => forge(`{"__proto__":{"admin":true},${JSON.stringify(claims).slice(1)}`),
      'UNAUTHENTICATED',
    ],
    ['nobody any more', () => sign({ sub: 'gone' }), 'UNAUTHENTICATED'],
    ['too long', () => sign({ padding: 'x'.repeat(9_000) }), 'UNAUTHENTICATED'],
    ['garbage', () => 'a.b.c', 'UNAUTHENTICATED'],
    ['not text', () => 5, 'UNAUTHENTICATED'],
    ['nothing', () => undefined, 'UNAUTHENTICATED'],
  ];
  test.each(cases)('%s', async (_name, token, want) => {
    const result = await jwt(options).verify(await token());
    expect(result.ok ? 'ok' : result.error.code).toBe(want);
  });

  test('of an RSA key: from PEM and key set, and never by the public key as a secret', async () => {
    const { secret: _secret, ...rest } = options;
    const jwk = { ...(await exportJWK(rsa.publicKey)), alg: 'RS256', use: 'sig' };
    const good = await sign({}, 'RS256', rsa.privateKey);
    for (const source of [{ publicKey: rsaPem }, { jwks: { keys: [jwk] } }]) {
      const { verify } = jwt({ ...rest, ...source, algorithms: ['RS256'] });
      expect(await verify(good)).toMatchObject({ ok: true, data: { identity: { id: 'ann' }, claims } });
      expect(await verify(forge(JSON.stringify(claims), '{"alg":"HS256"}', rsaPem))).toMatchObject({
        error: { code: 'UNAUTHENTICATED' },
      });
    }
  });

  test('does not fail because a database does', async () => {
    const { verify } = jwt({ ...options, identity: () => Promise.reject(new Error('db')) });
    await expect(verify(await sign())).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      cause: { message: 'db' },
    });
  });
});

describe('options that are refused', () => {
  const cases: [name: string, change: object, want: RegExp][] = [
    ['no key', { secret: undefined }, /exactly one/],
    ['two keys', { publicKey: rsaPem }, /exactly one/],
    ['short secret', { secret: 'x'.repeat(31) }, /at least 32 bytes/],
    ['short secret for a longer hash', { algorithms: ['HS256', 'HS512'] }, /at least 64 bytes/],
    ['two families', { algorithms: ['HS256', 'RS256'] }, /exactly one known family/],
    ['no algorithm', { algorithms: [] }, /exactly one known family/],
    ['none', { algorithms: ['none'] }, /exactly one known family/],
    ['public key as a secret', { algorithms: ['RS256'] }, /only for these/],
    ['public key with HS256', { secret: undefined, publicKey: rsaPem }, /only for these/],
  ];
  test.each(cases)('%s', (_name, change, want) => {
    expect(() => jwt({ ...options, ...change })).toThrow(want);
    expect(() => jwt({ ...options, ...change })).toThrow(ContractError);
  });
});

test.each([
  ['Bearer abc.d-e_f', 'abc.d-e_f'],
  ['bearer  abc== ', 'abc=='],
  ['Basic abc', undefined],
  ['Bearer', undefined],
  ['Bearer a b', undefined],
  [undefined, undefined],
])('bearerToken(%j)', (header, want) => expect(bearerToken(header)).toBe(want));

test('a socket connects with its token in auth or in a header, and is told when it has expired', async () => {
  await using served = await serve({ authenticate: jwt(options) });
  const token = await sign();
  for (const more of [
    { auth: { token } },
    { auth: {}, extraHeaders: { authorization: `Bearer ${token}` } },
  ]) {
    const socket = await served.connect('', more);
    await settled(socket);
    expect(served.notes.namespace.sockets.get(socket.id!)!.data).toEqual({
      identity: { id: 'ann', name: 'ann' },
    });
  }
  await expect(served.connect(await sign({ exp: now - 60 }))).rejects.toMatchObject({
    data: { code: 'TOKEN_EXPIRED', retryable: true },
  });
  await expect(served.connect('forged')).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
});
