import { Router } from 'express';
import * as z from 'zod';
import { demoPassword, demoUsers } from '../demo-data.ts';
import { decodeBody, httpError } from '../http-error.ts';
import { verifyPassword } from '../passwords.ts';
import { createSignInLimit } from '../sign-in-limit.ts';
import type { Store, StoredUser } from '../stores/store.ts';
import type { Tokens } from '../tokens.ts';

const Login = z.object({
  username: z.string().trim().toLowerCase().min(1).max(80),
  password: z.string().min(1).max(200),
});
const Refresh = z.object({ refreshToken: z.string().min(1).max(8_192) });
const Logout = Refresh.extend({ everywhere: z.boolean().default(false) });

/** Options of {@link authRoutes}. */
export interface AuthRouteOptions {
  readonly store: Store;
  readonly tokens: Tokens;
  /** Whether to list the demo users for the page. */
  readonly demo: boolean;
}

/** `POST /auth/login`, `/auth/refresh` and `/auth/logout`, and `GET /auth/demo` for the page. */
export function authRoutes({ store, tokens, demo }: AuthRouteOptions): Router {
  const limit = createSignInLimit();
  const router = Router();

  router.post('/login', async (request, response) => {
    const { username, password } = decodeBody(Login, request.body);
    const key = `${request.ip} ${username}`;
    const retryAfterMs = limit.waitMs(key);
    if (retryAfterMs > 0)
      throw httpError('RATE_LIMITED', {
        message: 'Too many failed attempts. Try again later.',
        retryAfterMs,
      });
    const user = await store.users.byUsername(username);
    if (!(await verifyPassword(password, user?.passwordHash)) || !user) {
      limit.failed(key);
      throw httpError('UNAUTHENTICATED', { message: 'Unknown user name or wrong password.' });
    }
    limit.succeeded(key);
    response.json({ user: publicUser(user), ...(await tokens.issue(user)) });
  });

  router.post('/refresh', async (request, response) => {
    response.json(await tokens.refresh(decodeBody(Refresh, request.body).refreshToken));
  });

  router.post('/logout', async (request, response) => {
    const { refreshToken, everywhere } = decodeBody(Logout, request.body);
    await tokens.end(refreshToken, everywhere);
    response.status(204).end();
  });

  router.get('/demo', (_request, response) => {
    const users = demo ? demoUsers.map(({ username, name }) => ({ username, name })) : [];
    response.json({ users, ...(demo && { password: demoPassword }) });
  });

  return router;
}

/** What a user sees of their own account. */
export function publicUser({
  id,
  username,
  name,
  email,
  admin,
}: StoredUser): Omit<StoredUser, 'passwordHash'> {
  return { id, username, name, email, admin };
}
