import { errorBody, type ClientMeta, type ErrorBody, type ErrorExtras } from '@sockeye/contract/wire';
import type { OwnClaim } from './durable/once.ts';
import type { Follower } from './durable/follower.ts';
import type { Route } from './route.ts';
import type { Runtime } from './runtime.ts';
import type { Session } from './session.ts';

/** What a context is made of: a call, or the moment of a hook. */
export interface Scope {
  readonly runtime: Runtime;
  readonly session: Session;
  readonly event: string;
  meta: ClientMeta;
  /** Made when `ctx.signal` is first read. */
  controller: AbortController | undefined;
  /** No answer will be taken any more. */
  settled: boolean;
}

/** One event on its way through the pipeline. */
export interface Call extends Scope {
  readonly route: Route;
  /** Socket.IO's acknowledgement function; absent when the peer wants no answer. */
  readonly ack: ((...args: unknown[]) => void) | undefined;
  readonly startedAt: number;
  /** Why a step refused. */
  failure: ErrorBody | undefined;
  /** What a step waits for. */
  pending: Promise<unknown> | undefined;
  /** Makes the step's outcome of what it waited for. */
  resume: Step | undefined;
  /** When the call is given up; 0 for one that was never waited for. */
  deadlineAt: number;
  /** Name of the room that the call is about. */
  room: string | undefined;
  /** The call put the socket into `room`, and must take it out again when it fails. */
  entered: boolean;
  /** With a join: how far the withdrawals were when the room's authorizer was asked, and how often it was. */
  turn: number;
  asked: number;
  /** Lets other calls about `room` go on. */
  unlock: (() => void) | undefined;
  /** With a join of a room that has a log: what will follow it. */
  follower: Follower | undefined;
  /** With a command that takes effect once: its right to do so. */
  claim: OwnClaim | undefined;
  /** The command's answer in wire form, once it is kept. */
  answer: { readonly wire: unknown } | undefined;
}

/** A step's outcome: refused, with `call.failure` telling why. */
export const REFUSED: unique symbol = Symbol('sockeye.refused');

/** A step's outcome: it waits for `call.pending`, and `call.resume` makes the outcome proper of that. */
export const PENDING: unique symbol = Symbol('sockeye.pending');

/**
 * One step of the pipeline: takes the call and the value so far, returns the next value, {@link REFUSED} or
 * {@link PENDING}.
 */
export type Step = (call: Call, value: unknown) => unknown;

const noMeta: ClientMeta = Object.freeze({});

/** Makes the scope of something that is no event of the contract's. */
export function createScope(session: Session, event: string): Scope {
  const { runtime } = session;
  return { runtime, session, event, meta: noMeta, controller: undefined, settled: false };
}

/** Makes the call of an event that arrived. */
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

/** Lets a step wait; `resume` turns what comes into the step's outcome, unless the call was given up meanwhile. */
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
