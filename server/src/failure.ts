import { errorBody, type ErrorBody, type ErrorExtras } from '@sockeye/contract/wire';

declare const codes: unique symbol;

/** Key of a failure's body. A symbol, so that no payload can pass for a failure. */
const body: unique symbol = Symbol('sockeye.failure');

/**
 * An expected failure as a value: `ctx.fail` creates it, and a handler or authorizer returns it instead of an answer.
 * `Codes` are the contract's own codes that it may have; Sockeye's fixed codes are always allowed.
 */
export interface HandlerFailure<Codes extends string = never> {
  readonly [codes]?: Codes;
  readonly [body]: ErrorBody;
}

/** Creates a failure. */
export function failWith(code: string, extras: ErrorExtras = {}): HandlerFailure {
  return { [body]: errorBody(code, extras) };
}

/** Whether a value was returned by {@link failWith}. */
export function isFailure(value: unknown): value is HandlerFailure {
  return typeof value === 'object' && value !== null && (value as HandlerFailure)[body] !== undefined;
}

/** The error of a failure. */
export function failureBody(failure: HandlerFailure): ErrorBody {
  return failure[body];
}
