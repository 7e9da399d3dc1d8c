import { bearerToken } from '@sockeye/server';
import type { Request, RequestHandler } from 'express';
import { httpError, type HttpCode } from '../http-error.ts';
import type { Principal, Tokens } from '../tokens.ts';

const principals = new WeakMap<Request, Principal>();

/** Accepts only requests with a valid access token in `Authorization: Bearer`. */
export function signedIn(tokens: Tokens): RequestHandler {
  return async (request, _response, next) => {
    const verified = await tokens.access.verify(bearerToken(request.headers.authorization));
    if (!verified.ok) throw httpError(verified.error.code as HttpCode);
    principals.set(request, verified.data.identity);
    next();
  };
}

/** Accepts only administrators; use it after {@link signedIn}. */
export const administrators: RequestHandler = (request, _response, next) => {
  if (!principalOf(request).user.admin) throw administratorsOnly();
  next();
};

/** The error for everyone but administrators. */
export function administratorsOnly(): Error {
  return httpError('FORBIDDEN', { message: 'Administrators only.' });
}

/** The user of a request that {@link signedIn} accepted. */
export function principalOf(request: Request): Principal {
  const principal = principals.get(request);
  if (!principal) throw httpError('UNAUTHENTICATED');
  return principal;
}
