import { errorBody, type ClientMeta, type ErrorBody, type ErrorExtras } from '@sockeye/contract/wire';
import type { OwnClaim } from './durable/once.ts';
import type { Follower } from './durable/follower.ts';
import type { Route } from './route.ts';
import type { Runtime } from './runtime.ts';
import type { Session } from './session.ts';

/** The basis of a context: a call, or a hook. */
export interface Scope {
  readonly runtime: Runtime;
  readonly session: Session;
  readonly event: string;
  meta: ClientMeta;
  /** Made when `ctx.signal` is first read. */
  controller: AbortController | undefined;
  /** The call has ended; a later answer is ignored. */
  settled: boolean;
}

/** One event in the pipeline. */
export interface Call extends Scope {
  readonly route: Route;
  /** Socket.IO's acknowledgement function; absent if the peer expects no ack. */
  readonly ack: ((...args: unknown[]) => void) | undefined;
  readonly startedAt: number;
  /** Why a step refused. */
  failure: ErrorBody | undefined;
  /** What a step waits for. */
  pending: Promise<unknown> | undefined;
  /** Returns the step's outcome for the value that it waited for. */
  resume: Step | undefined;
  /** The deadline of the call; 0 for a call that never waited. */
  deadlineAt: number;
  /** Name of the room that the call is about. */
  room: string | undefined;
  /** The call joined the socket to `room`, and must undo this if it fails. */
  entered: boolean;
  /** With a join: how far the withdrawals were when the room's authorizer was asked, and how often it was. */
  turn: number;
  asked: number;
  /** Lets other calls that concern `room` continue. */
  unlock: (() => void) | undefined;
  /** With a join of a room that has a log: what will follow it. */
  follower: Follower | undefined;
  /** With a command that takes effect once: its right to do so. */
  claim: OwnClaim | undefined;
  /** The command's answer in wire form, once it is kept. */
  answer: { readonly wire: unknown } | undefined;
}

/** A step's outcome: refused; `call.failure` contains the reason. */
export const REFUSED: unique symbol = Symbol('sockeye.refused');

/** A step's outcome: it waits for `call.pending`, and `call.resume` returns the final outcome. */
export const PENDING: unique symbol = Symbol('sockeye.pending');

/**
 * One step of the pipeline: takes the call and the value so far, returns the next value, {@link REFUSED} or
 * {@link PENDING}.
 */
export type Step = (call: Call, value: unknown) => unknown;

const noMeta: ClientMeta = Object.freeze({});

/** Creates the scope of something that is not an event of the contract. */
export function createScope(session: Session, event: string): Scope {
  const { runtime } = session;
  return { runtime, session, event, meta: noMeta, controller: undefined, settled: false };
}

/** Creates the call of a received event. */
export function createCall(session: Session, route: Route, ack: Call['ack']): Call {
  const { runtime } = session;
  return {
    runtime,
    session,
    event: route.event,
    meta: noMeta,
    controller: undefined,
    settled: false,
    route,
    ack,
    startedAt: runtime.options.observe === undefined ? 0 : runtime.options.now(),
    failure: undefined,
    pending: undefined,
    resume: undefined,
    deadlineAt: 0,
    room: undefined,
    entered: false,
    turn: 0,
    asked: 0,
    unlock: undefined,
    follower: undefined,
    claim: undefined,
    answer: undefined,
  };
}

/** Ends a step with an error. */
export function refuseCall(call: Call, code: string, extras?: ErrorExtras): typeof REFUSED {
  call.failure = errorBody(code, extras);
  return REFUSED;
}

/** Lets a step wait; `resume` returns the step's outcome, unless the call has ended meanwhile. */
export function later(call: Call, promise: PromiseLike<unknown>, resume: Step): typeof PENDING {
  call.pending = Promise.resolve(promise);
  call.resume = resume;
  return PENDING;
}

/** Whether a value has to be awaited; true of Mongoose queries and other thenables too. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
