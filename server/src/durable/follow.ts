import { errorBody, failure, isCursor, success, type Cursor } from '@sockeye/contract/wire';
import { stay } from '../authorize.ts';
import { later, type Call } from '../call.ts';
import { logWarning } from '../report.ts';
import type { Session } from '../session.ts';
import { fullBucket, takeToken } from '../token-bucket.ts';
import { revoke } from './evict.ts';
import { permitOf } from './permit.ts';
import { unavailable, type Durable } from './serve.ts';

/** How often a client may request a log again. */
const syncRate = { rate: 20, perMs: 1_000, burst: 100 };

/** Starts following the log of a joined room; sends the start position to a client that supports it. */
export function follow(call: Call, answer: unknown): unknown {
  const { follower, meta } = call;
  if (follower === undefined) return stay(call, answer);
  const starting = follower.start(meta.since).catch((error: unknown) => {
    throw unavailable(error);
  });
  return later(call, starting, () => stay(call, answer));
}

/** The cursor in a client's handshake for an automatic room; null if none, undefined if it does not follow logs. */
export function handshakeCursor({ socket }: Session, room: string): Cursor | null | undefined {
  const stamp = (socket.handshake.auth as { sockeye?: { since?: unknown } | null }).sockeye;
  const since = stamp?.since;
  if (typeof since !== 'object' || since === null) return undefined;
  const cursor = Object.hasOwn(since, room) ? (since as Record<string, unknown>)[room] : undefined;
  return isCursor(cursor) ? cursor : null;
}

/** Handles a client's request for a log. Never throws. */
export function syncListener(session: Session): (request: unknown, ack: unknown) => void {
  const bucket = fullBucket();
  return (request, ack) => {
    const answer = (code?: string, retryAfterMs?: number): void => {
      if (typeof ack !== 'function') return;
      (ack as (answer: unknown) => void)(
        code === undefined ? success({}) : failure(errorBody(code, { retryAfterMs })),
      );
    };
    const { durable, options } = session.runtime;
    const wait = takeToken(bucket, syncRate, options.now());
    if (wait > 0) return answer('RATE_LIMITED', wait);
    if (session.expired) return answer('TOKEN_EXPIRED');
    const { room, since } = (typeof request === 'object' && request !== null ? request : {}) as {
      room?: unknown;
      since?: unknown;
    };
    if (typeof room !== 'string' || !(since === null || isCursor(since))) return answer('INVALID_PAYLOAD');
    if (durable === undefined || !session.socket.rooms.has(room)) return answer('NOT_IN_ROOM');
    sync(session, durable, { room, since })
      .then(answer)
      .catch((error: unknown) => {
        logWarning(options, { room, err: error }, 'the log of a room could not be replayed');
        answer('UNAVAILABLE');
      });
  };
}

/** Restarts a room's log; resolves with the error code if this fails. */
async function sync(
  session: Session,
  durable: Durable,
  { room, since }: { readonly room: string; readonly since: Cursor | null },
): Promise<string | undefined> {
  const lock = session.locks.get(room);
  if (lock !== undefined) await lock;
  const follower = session.socket.rooms.has(room) ? durable.hold(session, room) : undefined;
  if (follower === undefined) return 'NOT_IN_ROOM';
  await durable.ready(follower);
  const permit = await permitOf(follower);
  if (permit.kind === 'unknown') return 'UNAVAILABLE';
  if (permit.kind === 'denied') {
    revoke(session, room, permit.code);
    return permit.code;
  }
  follower.memberSince = permit.since;
  await follower.start(since);
  return session.socket.rooms.has(room) ? undefined : 'NOT_IN_ROOM';
}
