import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** N = 2^15, r = 8, p = 1: 32 MB and some 60 ms a try, beside the sign-in limit. */
const cost = { N: 2 ** 15, r: 8, p: 1 } as const;

/**
 * Hashes a password with scrypt (RFC 7914) and a salt of its own: `scrypt$N$r$p$salt$hash`.
 *
 * @param N The cost, a power of two. Default: 2^15.
 */
export async function hashPassword(password: string, N: number = cost.N): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, { ...cost, N });
  return ['scrypt', N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether a password is the one that was hashed. Takes as long for an unknown user, whose hash is undefined. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt, hash] = (stored ?? unknownUser).split('$');
  if (salt === undefined || hash === undefined) return false;
  const want = Buffer.from(hash, 'base64url');
  const have = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(have, want) && stored !== undefined;
}

/** The same cost, and a hash that no password has. */
const unknownUser = `scrypt$${cost.N}$${cost.r}$${cost.p}$AAAAAAAAAAAAAAAAAAAAAA$${'A'.repeat(43)}`;

function derive(password: string, salt: Buffer, parameters: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The default ceiling is exactly what N = 2^15, r = 8 needs, without the little that comes on top.
    const options = { ...parameters, maxmem: 64 * 1024 * 1024 };
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
