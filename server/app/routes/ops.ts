import { createHash, timingSafeEqual } from 'node:crypto';
import { bearerToken } from '@sockeye/server';
import { Router, type RequestHandler } from 'express';
import * as z from 'zod';
import type { Bot } from '../bot.ts';
import { decodeBody, httpError, type HttpCode } from '../http-error.ts';
import type { Metrics } from '../metrics.ts';
import type { Ops } from '../ops.ts';
import type { Store } from '../stores/store.ts';
import type { Tokens } from '../tokens.ts';
import { publicUser } from './auth.ts';
import { administratorsOnly } from './signed-in.ts';

/** Options of {@link opsRoutes}. */
export interface OpsRouteParts {
  readonly ops: Ops;
  readonly metrics: Metrics;
  readonly bot: Bot;
  readonly store: Store;
  readonly tokens: Tokens;
  /** Operations token, sent as `Authorization: Bearer`. Default: administrators only. */
  readonly opsToken: string | undefined;
}

const BotSwitch = z.object({ running: z.boolean() });
const UserSwitch = z.object({ disabled: z.boolean() });

/**
 * For administrators, and for machines with the operations token: `GET /metrics` (Prometheus), `GET /ops`, `GET
 * /ops/clients` (this node's clients by version), `DELETE /ops/connections/:id`, `GET` and `POST /ops/bot`,
 * `POST /ops/users/:id`.
 */
export function opsRoutes({ ops, metrics, bot, store, tokens, opsToken }: OpsRouteParts): Router {
  const router = Router();
  router.use(['/ops', '/metrics'], operatorsOnly(tokens, opsToken));

  router.get('/metrics', async (_request, response) => {
    response.set('Content-Type', metrics.contentType).send(await metrics.text());
  });

  router.get('/ops', (_request, response) => {
    response.json({ ...ops.report(), bot: { running: bot.running() } });
  });

  router.get('/ops/clients', (_request, response) => {
    response.json(ops.clients());
  });

  router.delete('/ops/connections/:id', (request, response) => {
    if (!ops.disconnect(request.params.id))
      throw httpError('NOT_FOUND', { message: 'Connection not found.' });
    response.status(204).end();
  });

  router.get('/ops/bot', (_request, response) => {
    response.json({ running: bot.running() });
  });

  router.post('/ops/bot', (request, response) => {
    if (decodeBody(BotSwitch, request.body).running) bot.start();
    else bot.stop();
    response.json({ running: bot.running() });
  });

  router.post('/ops/users/:id', async (request, response) => {
    const { disabled } = decodeBody(UserSwitch, request.body);
    const user = await store.users.get(request.params.id);
    if (!user) throw httpError('NOT_FOUND', { message: 'User not found.' });
    await store.users.put({ ...user, disabled });
    if (disabled) await tokens.endAll(user.id);
    response.json({ user: { ...publicUser(user), disabled } });
  });

  return router;
}

function operatorsOnly(tokens: Tokens, opsToken: string | undefined): RequestHandler {
  return async (request, _response, next) => {
    const token = bearerToken(request.headers.authorization);
    if (opsToken !== undefined && token !== undefined && sameText(token, opsToken)) return next();
    const verified = await tokens.access.verify(token);
    if (!verified.ok) throw httpError(verified.error.code as HttpCode);
    if (!verified.data.identity.user.admin) throw administratorsOnly();
    next();
  };
}

/** Compares two texts in constant time. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}
