import { createScope } from '../call.ts';
import { contextOf } from '../context.ts';
import { failureBody, isFailure } from '../failure.ts';
import { isMembership, membershipStart } from '../grant.ts';
import { logError } from '../report.ts';
import type { Follower, Permit } from './follower.ts';

/**
 * Checks again whether a connection may read a room: calls the room's authorizer if there is one, else checks that the
 * connection is in the room. If the authorizer throws, the connection stays, but receives nothing.
 */
export async function permitOf({ session, room, kind, params }: Permitted): Promise<Permit> {
  const { runtime, socket } = session;
  if (!socket.rooms.has(room)) return { kind: 'denied', code: 'NOT_IN_ROOM' };
  if (session.expired) return { kind: 'unknown' };
  const authorizer = Object.hasOwn(runtime.options.authorize, kind)
    ? runtime.options.authorize[kind]
    : undefined;
  if (authorizer === undefined) return { kind: 'allowed', since: undefined };
  try {
    const verdict = await authorizer(contextOf(createScope(session, 'sockeye:sync')), params);
    if (isMembership(verdict)) return { kind: 'allowed', since: membershipStart(verdict) };
    if (verdict === true) return { kind: 'allowed', since: undefined };
    return { kind: 'denied', code: isFailure(verdict) ? failureBody(verdict).code : 'FORBIDDEN' };
  } catch (error) {
    logError(runtime.options, { room, err: error }, 'an authorizer failed');
    return { kind: 'unknown' };
  }
}

/** The follower's data for {@link permitOf}. */
type Permitted = Pick<Follower, 'session' | 'room' | 'kind' | 'params'>;
