import type { ErrorBody } from './errors.ts';
import type { Cursor } from './log.ts';

/** A call that succeeded. */
export interface Success<Data> {
  readonly ok: true;
  readonly data: Data;
}

/** A call that was refused or failed. */
export interface Failure<Error = ErrorBody> {
  readonly ok: false;
  readonly error: Error;
}

/** The outcome of a request: an expected failure is a value, not an exception. */
export type Result<Data, Error = ErrorBody> = Success<Data> | Failure<Error>;

/** The acknowledgement on the wire: `{ ok: true, data }` or `{ ok: false, error }`, with `data` in wire form. */
export type Ack<Data = unknown> = Result<Data, ErrorBody>;

/** Second argument of a client's event. Optional: a plain Socket.IO client can omit it. */
export interface ClientMeta {
  /** Idempotency key of a command. */
  readonly id?: string;
  /** With a join: the client follows the room's log, from this cursor on; null if it has none yet. */
  readonly since?: Cursor | null;
}

/** Second argument of a server's event. Optional: a plain Socket.IO client can ignore it. */
export interface ServerMeta {
  /** Name of the room that the event was sent to, see {@link roomName}; absent if the payload identifies the room. */
  readonly room?: string;
  /** With `offset` and `id`, the position of a durable event in the room's log, see `Cursor`. */
  readonly epoch?: string;
  readonly offset?: number;
  readonly id?: string;
}

/** A successful {@link Result}. */
export function success<Data>(data: Data): Success<Data> {
  return { ok: true, data };
}

/** A failed {@link Result}. */
export function failure<Error>(error: Error): Failure<Error> {
  return { ok: false, error };
}
