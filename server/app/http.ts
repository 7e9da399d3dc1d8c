import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Chat } from './chat/chat.ts';
import type { DemoApps } from './demo-apps.ts';
import type { Health } from './health.ts';
import { errorHandler, httpError, notFound } from './http-error.ts';
import type { Inbox } from './inbox.ts';
import type { Notices } from './notices.ts';
import type { OriginPolicy } from './origins.ts';
import type { PageFiles } from './page-files.ts';
import { plainPage } from './plain-page.ts';
import { announcementRoutes } from './routes/announcements.ts';
import { authRoutes } from './routes/auth.ts';
import { channelRoutes } from './routes/channels.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { opsRoutes, type OpsRouteParts } from './routes/ops.ts';
import { signedIn } from './routes/signed-in.ts';
import { taskRoutes } from './routes/tasks.ts';
import { workspaceRoutes } from './routes/workspaces.ts';
import type { Store } from './stores/store.ts';
import type { Tokens } from './tokens.ts';

/** Dependencies of the HTTP server. */
export interface HttpParts extends OpsRouteParts {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly notices: Notices;
  readonly inbox: Inbox;
  readonly channels: Chat;
  readonly origins: OriginPolicy;
  /** The page; absent if only the API is served. */
  readonly page: PageFiles | undefined;
  /** The demo applications; absent if they are not served. */
  readonly demoApps: DemoApps | undefined;
  /** Whether the page offers the demo users. */
  readonly demo: boolean;
  /** What `GET /health` answers: 200 where `ok`, 503 otherwise; and `GET /readyz`, by `ready`. */
  readonly health: () => Promise<Health>;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Largest body of a request. */
const bodyLimit = '64kb';

/** Creates the Express application: page, API and health. */
export function createHttp(parts: HttpParts): Express {
  const { store, tokens, notices, log, now } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestLog(log), securityHeaders, guardOrigin(parts.origins));
  app.get('/health', noStore, async (_request, response) => {
    const health = await parts.health();
    response.status(health.ok ? 200 : 503).json(health);
  });
  app.get('/livez', noStore, (_request, response) => void response.json({ ok: true }));
  app.get('/readyz', noStore, async (_request, response) => {
    const { ready } = await parts.health();
    response.status(ready ? 200 : 503).json({ ok: ready });
  });
  if (parts.page) app.use(servePage(parts.page));
  app.use('/plain', plainPage);
  if (parts.demoApps) app.use(parts.demoApps.serve);
  app.use(noStore, jsonOnly, express.json({ limit: bodyLimit, strict: false }));
  app.use('/auth', authRoutes({ store, tokens, demo: parts.demo }));
  app.use(opsRoutes(parts));
  app.use(['/me', '/workspaces', '/announcements', '/notifications', '/channels'], signedIn(tokens));
  app.use(workspaceRoutes(store), taskRoutes({ store, notices, now }), announcementRoutes(notices));
  app.use(notificationRoutes(parts.inbox), channelRoutes(parts.channels));
  app.use(notFound, errorHandler(log));
  return app;
}

/** Logs one line per request, without query, body, headers or tokens. */
function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const { method, path } = request;
    response.once('close', () => {
      const fields = {
        method,
        path,
        status: response.statusCode,
        ms: Math.round(performance.now() - startedAt),
      };
      log.info(response.writableFinished ? fields : { ...fields, aborted: true }, 'request');
    });
    next();
  };
}

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': contentSecurityPolicy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
  next();
};

/** Refuses pages of other origins, and answers CORS requests of allowed ones. */
function guardOrigin(origins: OriginPolicy): RequestHandler {
  return (request, response, next) => {
    response.vary('Origin');
    const { origin } = request.headers;
    if (origin === undefined) return next();
    if (!origins.allows(request)) throw httpError('FORBIDDEN', { message: 'This origin is not allowed.' });
    response.set('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') return next();
    response.set({
      'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
      'Access-Control-Max-Age': '600',
    });
    return void response.status(204).end();
  };
}

function servePage(page: PageFiles): RequestHandler {
  return (request, response, next) => {
    const file = request.method === 'GET' || request.method === 'HEAD' ? page.get(request.path) : undefined;
    if (!file) return next();
    response.set({ 'Content-Type': file.type, 'Cache-Control': 'no-cache' }).send(file.body);
  };
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** Accepts only JSON bodies: a form on another site cannot send JSON without a CORS preflight. */
const jsonOnly: RequestHandler = (request, _response, next) => {
  const empty = request.headers['content-length'] === '0';
  if (!empty && request.is('application/json') === false) {
    throw httpError('UNSUPPORTED_MEDIA_TYPE', { message: 'Send application/json.' });
  }
  next();
};
