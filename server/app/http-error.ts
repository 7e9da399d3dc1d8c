import { ContractError, errorBody, type ErrorBody, type FixedCode, type Issue } from '@sockeye/contract/wire';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type * as z from 'zod';

/** Codes for HTTP only, besides those that sockets use too. */
export type HttpCode = FixedCode | 'NOT_FOUND' | 'UNSUPPORTED_MEDIA_TYPE';

/** HTTP status of every error code. */
const statuses = {
  INVALID_PAYLOAD: 400,
  UNAUTHENTICATED: 401,
  TOKEN_EXPIRED: 401,
  FORBIDDEN: 403,
  NOT_IN_ROOM: 403,
  NOT_FOUND: 404,
  UNKNOWN_EVENT: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  CONTRACT_MISMATCH: 426,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  INVALID_RESPONSE: 500,
  ABORTED: 503,
  DISCONNECTED: 503,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
} as const satisfies Record<HttpCode, number>;

/** An error that a route ends with; its body is `{ error: ErrorBody }`, the error of an acknowledgement. */
export function httpError(
  code: HttpCode,
  extras?: ConstructorParameters<typeof ContractError>[1],
): ContractError {
  return new ContractError(code, extras);
}

/** Answers every error in one format. Unexpected errors are logged, and the caller receives INTERNAL. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  // Express recognizes an error handler by its four parameters.
  // eslint-disable-next-line @typescript-eslint/max-params
  return (error: unknown, request, response, _next) => {
    const body = bodyOf(error);
    const status = (statuses as Record<string, number | undefined>)[body.code] ?? 500;
    if (status >= 500)
      log.error({ err: error, method: request.method, path: request.path }, 'request failed');
    if (response.headersSent) return void response.destroy();
    if (status === 401) response.set('WWW-Authenticate', 'Bearer');
    if (body.retryAfterMs !== undefined)
      response.set('Retry-After', String(Math.ceil(body.retryAfterMs / 1_000)));
    response.status(status).json({ error: body });
  };
}

/** Answers every request without a route. */
export const notFound: RequestHandler = () => {
  throw httpError('NOT_FOUND', { message: 'Route not found.' });
};

/**
 * Validates and decodes a request's body: dates become `Date`s, unknown keys are dropped.
 *
 * @throws ContractError INVALID_PAYLOAD with every issue.
 */
export function decodeBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues: Issue[] = parsed.error.issues.map(({ path, code, message }) => ({
    path: path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    code: code ?? 'custom',
    message,
  }));
  throw httpError('INVALID_PAYLOAD', { message: 'The body does not match the contract.', issues });
}

/** What Express and its body parser throw, by `type`. */
const parserErrors: Readonly<Record<string, { readonly code: HttpCode; readonly message: string }>> = {
  'entity.parse.failed': { code: 'INVALID_PAYLOAD', message: 'The body is not valid JSON.' },
  'entity.too.large': { code: 'TOO_LARGE', message: 'The body is too large.' },
  'encoding.unsupported': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'The encoding of the body is not supported.',
  },
  'charset.unsupported': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'The character set of the body is not supported.',
  },
};

function bodyOf(error: unknown): ErrorBody {
  if (error instanceof ContractError) return error.body;
  const { type, status } = (typeof error === 'object' && error !== null ? error : {}) as Record<
    string,
    unknown
  >;
  const known = typeof type === 'string' ? parserErrors[type] : undefined;
  if (known) return errorBody(known.code, { message: known.message });
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return errorBody('INVALID_PAYLOAD', { message: 'The request cannot be read.' });
  }
  return errorBody('INTERNAL');
}
