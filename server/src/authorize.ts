import { roomName, type RoomParams } from '@sockeye/contract/wire';
import { isThenable, later, refuseCall, type Call } from './call.ts';
import { contextOf } from './context.ts';
import type { Withdrawn } from './durable/withdrawals.ts';
import { denial, failedWith } from './errors.ts';
import { isFailure } from './failure.ts';
import { isMembership, membershipStart } from './grant.ts';
import { logError } from './report.ts';

/** How often an authorizer is asked again about one join: it may itself put out whom it lets in. */
const mostAsked = 3;

/**
 * Lets a call go on whose room allows it: `within`, the caller is in the room; `joins`, the room's authorizer says yes
 * and the socket is put into it. A call waits for one that is just entering or leaving the same room.
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
    // Who is not allowed in any more must not stay in.
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
  // Who was put out after he was let in, and before he entered, is nobody's to find but the authorizer's.
  if (withdrawn(call) !== 'none')
    return call.asked > mostAsked ? denial(call, 'FORBIDDEN') : enter(call, call.route.entry.joins!, payload);
  if (isIn(call, call.room!)) return payload;
  // Other joins may have taken the place since this one began.
  if (!hasPlace(call)) return tooMany(call);
  call.entered = true;
  const joining = call.session.socket.join(call.room!);
  return isThenable(joining) ? later(call, joining, () => stay(call, payload)) : payload;
}

/** Whether the connection may be in the call's room too. */
function hasPlace({ room, runtime, session }: Call): boolean {
  const { rooms } = session.socket;
  return rooms.has(room!) || rooms.size - runtime.turningPoints.length <= runtime.options.maxRooms;
}

function tooMany(call: Call): unknown {
  return refuseCall(call, 'FORBIDDEN', { message: 'Too many rooms: leave one first.' });
}

/** Goes on with a join whose caller entered, unless he was put out since. */
export function stay(call: Call, value: unknown): unknown {
  const found = withdrawn(call);
  if (found !== 'meant' && (found !== 'forgotten' || isIn(call, call.room!))) return value;
  leaveRoom(call);
  return denial(call, 'FORBIDDEN');
}

/** What became known of the caller's right to the room since its authorizer was asked. */
function withdrawn({ runtime: { withdrawals }, session, turn, room }: Call): Withdrawn {
  if (withdrawals.turn === turn) return 'none';
  return withdrawals.since(turn, { room: room!, identity: session.identity });
}

/** Takes the caller out of the call's room, in the background where the adapter needs time. */
export function leaveRoom(call: Call): void {
  const leaving = call.session.socket.leave(call.room!) as unknown;
  if (!isThenable(leaving)) return;
  leaving.then(undefined, (error: unknown) => {
    logError(call.runtime.options, { room: call.room, err: error }, 'a room could not be left');
  });
}

/** Makes other calls about the same room wait until this one is answered. */
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
