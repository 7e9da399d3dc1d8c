import type { Request, RequestHandler } from 'express';
import { httpError } from '../http-error.ts';
import type { Principal, Tokens } from '../tokens.ts';

const principals = new WeakMap<Request, Principal>();

/** Lets only requests with a good access token through, which travels as `Authorization: Bearer`. */
export function signedIn(tokens: Tokens): RequestHandler {
  return async (request, _response, next) => {
    const [, token] = /^Bearer ([^\s]{1,8192})$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw httpError('UNAUTHENTICATED');
    principals.set(request, await tokens.verify(token));
    next();
  };
}

/** Who sent a request that {@link signedIn} let through. */
export function principalOf(request: Request): Principal {
  const principal = principals.get(request);
  if (!principal) throw httpError('UNAUTHENTICATED');
  return principal;
}
