import { bearerToken } from '@sockeye/server';
import type { Request, RequestHandler } from 'express';
import { httpError, type HttpCode } from '../http-error.ts';
import type { Principal, Tokens } from '../tokens.ts';

const principals = new WeakMap<Request, Principal>();

/** Lets only requests with a good access token through, which travels as `Authorization: Bearer`. */
export function signedIn(tokens: Tokens): RequestHandler {
  return async (request, _response, next) => {
    const verified = await tokens.access.verify(bearerToken(request.headers.authorization));
    if (!verified.ok) throw httpError(verified.error.code as HttpCode);
    principals.set(request, verified.data.identity);
    next();
  };
}

/** Lets only administrators through; comes after {@link signedIn}. */
export const administrators: RequestHandler = (request, _response, next) => {
  if (!principalOf(request).user.admin) throw administratorsOnly();
  next();
};

/** What everyone but an administrator is told. */
export function administratorsOnly(): Error {
  return httpError('FORBIDDEN', { message: 'Administrators only.' });
}

/** Who sent a request that {@link signedIn} let through. */
export function principalOf(request: Request): Principal {
  const principal = principals.get(request);
  if (!principal) throw httpError('UNAUTHENTICATED');
  return principal;
}
