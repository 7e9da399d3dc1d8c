/**
 * The steps of an event: admit, validate, authorize, invoke, follow, depart, reply. This module defines their order
 * and has the only `try`. A step takes the call and a value, and returns the next value, {@link REFUSED} or {@link
 * PENDING}. Available values are not awaited, so a synchronous handler is answered in the tick of its event.
 *
 * @module pipeline
 */
import { errorBody, type ErrorBody, type EventEntry, type FixedCode } from '@sockeye/contract/wire';
import { admit, keepRate, unpack } from './admit.ts';
import { authorize, leaveRoom } from './authorize.ts';
import { PENDING, REFUSED, type Call, type Step } from './call.ts';
import { abort } from './context.ts';
import { bodyOf } from './errors.ts';
import { follow } from './durable/follow.ts';
import { invokeOnce } from './durable/once.ts';
import { depart, invoke } from './invoke.ts';
import type { Observation } from './options.ts';
import { reply, replyFailure } from './reply.ts';
import { logError, logWarning, observe } from './report.ts';
import { validate } from './validate.ts';

interface StepRow {
  readonly step: Step;
  /** Whether an event needs this step. */
  readonly needed: (entry: EventEntry) => boolean;
}

const order: readonly StepRow[] = [
  { step: admit, needed: () => true },
  { step: keepRate, needed: (entry) => entry.limit !== undefined },
  { step: unpack, needed: () => true },
  { step: validate, needed: (entry) => entry.payload !== undefined },
  { step: authorize, needed: (entry) => (entry.within ?? entry.joins ?? entry.leaves) !== undefined },
  { step: invoke, needed: (entry) => entry.once !== true },
  { step: invokeOnce, needed: (entry) => entry.once === true },
  { step: follow, needed: (entry) => entry.joins !== undefined },
  { step: depart, needed: (entry) => entry.leaves !== undefined },
  { step: reply, needed: () => true },
];

/** The steps that an event needs, in order. */
export function stepsFor(entry: EventEntry): readonly Step[] {
  return order.filter((row) => row.needed(entry)).map((row) => row.step);
}

/** Runs the steps of a call, starting at `from`. Never throws. */
export function advance(call: Call, value: unknown, from = 0): void {
  const { steps } = call.route;
  let outcome = value;
  try {
    if (call.resume !== undefined) outcome = resumed(call, value);
    for (let next = from; ; next++) {
      if (outcome === PENDING) return wait(call, next);
      if (outcome === REFUSED) return conclude(call, call.failure!);
      if (next === steps.length) break;
      outcome = steps[next]!(call, outcome);
    }
  } catch (error) {
    return fail(call, error);
  }
  return finish(call, 'ok');
}

/** Finishes the step that waited for `value`. */
function resumed(call: Call, value: unknown): unknown {
  const resume = call.resume!;
  call.resume = undefined;
  return resume(call, value);
}

/** Continues at the step `next` when a promise has settled, unless the deadline comes first. */
function wait(call: Call, next: number): void {
  const { route, runtime } = call;
  if (call.deadlineAt === 0) runtime.running.add(call, route.timeoutMs);
  call.pending!.then(
    (value) => {
      if (!call.settled) advance(call, value, next);
    },
    (error: unknown) => fail(call, error),
  );
}

/** Refuses a call before its first step. Never throws. */
export function turnAway(call: Call, code: FixedCode): void {
  conclude(call, errorBody(code));
}

/** Ends a call that exceeds its deadline. */
export function expire(call: Call): void {
  const message = `no answer to "${call.event}" within ${call.route.timeoutMs} ms`;
  logWarning(call.runtime.options, subject(call), message);
  conclude(call, errorBody('TIMEOUT'));
  abort(call, 'TIMEOUT');
}

function fail(call: Call, error: unknown): void {
  if (call.settled) {
    logWarning(
      call.runtime.options,
      { ...subject(call), err: error },
      `"${call.event}" failed after its deadline`,
    );
    return;
  }
  let body = errorBody('INTERNAL');
  let cause = error;
  try {
    body = bodyOf(call, error) as typeof body;
  } catch (fault) {
    cause = fault;
  }
  conclude(call, body, cause);
}

/** Answers with an error, or with INTERNAL when that error cannot be sent. */
function conclude(call: Call, body: ErrorBody, cause?: unknown): void {
  const fault = answer(call, body, cause);
  if (fault === undefined) return finish(call, body.code, cause);
  answer(call, errorBody('INTERNAL'), fault);
  return finish(call, 'INTERNAL', fault);
}

/** Sends an error; returns the reason if this fails. */
function answer(call: Call, body: ErrorBody, cause: unknown): unknown {
  if (body.code === 'INTERNAL') {
    logError(call.runtime.options, { ...subject(call), err: cause }, `the handler of "${call.event}" failed`);
  }
  try {
    replyFailure(call, body);
    return undefined;
  } catch (fault) {
    return fault ?? new Error('nothing was thrown');
  }
}

/** Unregisters a finished call. */
function finish(call: Call, outcome: string, error?: unknown): void {
  const { route, runtime, session } = call;
  call.settled = true;
  if (call.deadlineAt !== 0) {
    runtime.running.delete(call, route.timeoutMs);
    if (runtime.running.size === 0) runtime.onIdle?.();
  }
  if (call.controller !== undefined) session.signals.delete(call);
  if (call.entered && outcome !== 'ok') leaveRoom(call);
  if (call.follower !== undefined && outcome !== 'ok') call.runtime.durable?.release(call.follower);
  call.unlock?.();
  if (runtime.options.observe !== undefined) observe(runtime.options, observationOf(call, outcome, error));
}

function observationOf(call: Call, outcome: string, error: unknown): Observation {
  const { options } = call.runtime;
  return {
    event: call.event,
    direction: 'in',
    outcome,
    durationMs: options.now() - call.startedAt,
    ...subject(call),
    ...(call.room === undefined ? {} : { room: call.room }),
    ...(error === undefined ? {} : { error }),
  };
}

function subject(call: Call): { readonly socketId: string; readonly identity: unknown } {
  return { socketId: call.session.socket.id, identity: call.session.identity };
}
