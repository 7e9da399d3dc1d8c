import { roomName, type RoomParams } from '@sockeye/contract/wire';
import { isThenable, later, refuseCall, type Call } from './call.ts';
import { contextOf } from './context.ts';
import type { Withdrawn } from './durable/withdrawals.ts';
import { denial, failedWith } from './errors.ts';
import { isFailure } from './failure.ts';
import { isMembership, membershipStart } from './grant.ts';
import { logError } from './report.ts';

/** How often an authorizer is called again for one join: it may itself evict the user whom it admits. */
const mostAsked = 3;

/**
 * Continues a call if its room allows it. `within`: the caller must be in the room. `joins`: the room's authorizer must
 * agree; the socket then joins. A call waits for another one that is entering or leaving the same room.
 */
export function authorize(call: Call, payload: unknown): unknown {
  const { joins, leaves, within } = call.route.entry;
  const room = (joins ?? leaves ?? within)!;
  call.room = nameOf(call, room, payload);
  const lock = call.session.locks.get(call.room);
  if (lock !== undefined) return later(call, lock, () => authorize(call, payload));
  if (within !== undefined && !isIn(call, within === room ? call.room : nameOf(call, within, payload))) {
    return denial(call, 'NOT_IN_ROOM');
  }
  if (within !== room) lockRoom(call);
  return joins === undefined ? payload : enter(call, joins, payload);
}

function enter(call: Call, room: string, payload: unknown): unknown {
  const { authorize: authorizers } = call.runtime.options;
  if (!hasPlace(call)) return tooMany(call);
  call.turn = call.runtime.withdrawals.turn;
  call.asked += 1;
  const params: Record<string, string | number> = {};
  for (const key of call.runtime.table.rooms[room]!.params) params[key] = (payload as RoomParams)[key]!;
  const verdict = authorizers[room]!(contextOf(call), params);
  return isThenable(verdict)
    ? later(call, verdict, (_call, settled) => admitted(call, settled, payload))
    : admitted(call, verdict, payload);
}

function admitted(call: Call, verdict: unknown, payload: unknown): unknown {
  if (isFailure(verdict)) return failedWith(call, verdict);
  if (verdict !== true && !isMembership(verdict)) {
    // A member who is no longer allowed must not stay.
    leaveRoom(call);
    return denial(call, 'FORBIDDEN');
  }
  const follower = call.runtime.durable?.hold(call.session, call.room!);
  if (follower === undefined) return joined(call, payload);
  call.follower = follower;
  follower.memberSince = isMembership(verdict) ? membershipStart(verdict) : undefined;
  return follower.feed.isReady
    ? joined(call, payload)
    : later(call, call.runtime.durable!.ready(follower), () => {
        follower.mark();
        return joined(call, payload);
      });
}

function joined(call: Call, payload: unknown): unknown {
  // Evicted between authorization and joining: only the authorizer can tell what applies now.
  if (withdrawn(call) !== 'none')
    return call.asked > mostAsked ? denial(call, 'FORBIDDEN') : enter(call, call.route.entry.joins!, payload);
  if (isIn(call, call.room!)) return payload;
  // Other joins may have used up the limit since this one began.
  if (!hasPlace(call)) return tooMany(call);
  call.entered = true;
  const joining = call.session.socket.join(call.room!);
  return isThenable(joining) ? later(call, joining, () => stay(call, payload)) : payload;
}

/** Whether the connection may join another room. */
function hasPlace({ room, runtime, session }: Call): boolean {
  const { rooms } = session.socket;
  return rooms.has(room!) || rooms.size - runtime.turningPoints.length <= runtime.options.maxRooms;
}

function tooMany(call: Call): unknown {
  return refuseCall(call, 'FORBIDDEN', { message: 'Too many rooms. Leave one first.' });
}

/** Continues a join after the socket has entered, unless it was evicted since. */
export function stay(call: Call, value: unknown): unknown {
  const found = withdrawn(call);
  if (found !== 'meant' && (found !== 'forgotten' || isIn(call, call.room!))) return value;
  leaveRoom(call);
  return denial(call, 'FORBIDDEN');
}

/** Evictions that concern the caller and the room since the authorizer was called. */
function withdrawn({ runtime: { withdrawals }, session, turn, room }: Call): Withdrawn {
  if (withdrawals.turn === turn) return 'none';
  return withdrawals.since(turn, { room: room!, identity: session.identity });
}

/** Removes the caller from the call's room, in the background if the adapter is asynchronous. */
export function leaveRoom(call: Call): void {
  const leaving = call.session.socket.leave(call.room!) as unknown;
  if (!isThenable(leaving)) return;
  leaving.then(undefined, (error: unknown) => {
    logError(
      call.runtime.options,
      { room: call.room, err: error },
      'a socket could not be removed from a room',
    );
  });
}

/** Makes other calls that concern the same room wait until this one is answered. */
function lockRoom(call: Call): void {
  const { room, session } = call;
  const lock = new Promise<void>((resolve) => {
    call.unlock = () => {
      session.locks.delete(room!);
      resolve();
    };
  });
  session.locks.set(room!, lock);
}

function isIn(call: Call, name: string): boolean {
  return call.session.socket.rooms.has(name);
}

function nameOf(call: Call, room: string, payload: unknown): string {
  return roomName(room, call.runtime.table.rooms[room]!.params, payload as RoomParams);
}
