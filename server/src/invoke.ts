import { isThenable, later, refuseCall, type Call } from './call.ts';
import { contextOf } from './context.ts';
import { failedWith } from './errors.ts';
import { isFailure } from './failure.ts';

/**
 * Runs the handler, unless the caller has gone meanwhile. A handler that returns a failure ends the call with it.
 */
export function invoke(call: Call, payload: unknown): unknown {
  if (!call.session.socket.connected) return refuseCall(call, 'DISCONNECTED');
  const answer = call.route.handler(payload, contextOf(call));
  return isThenable(answer) ? later(call, answer, judge) : judge(call, answer);
}

function judge(call: Call, answer: unknown): unknown {
  return isFailure(answer) ? failedWith(call, answer) : answer;
}

/** Takes the caller out of the room that a successful call leaves. */
export function depart(call: Call, answer: unknown): unknown {
  const leaving = call.session.socket.leave(call.room!) as unknown;
  return isThenable(leaving) ? later(call, leaving, () => answer) : answer;
}
