import type { ClientMeta, FixedCode } from '@sockeye/contract/wire';
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { HandlerFailure } from './failure.ts';

/** A Socket.IO socket whose `data.identity` is what `authenticate` returned; the rest of `data` is the application's. */
export type IdentifiedSocket<Identity> = Socket<
  DefaultEventsMap,
  DefaultEventsMap,
  DefaultEventsMap,
  { readonly identity: Identity; readonly [name: string]: unknown }
>;

/** What may follow the code in `ctx.fail`: details where the contract declares them, then a text for the peer. */
export type FailArguments<Errors, Codes, Code> = Code extends Codes & keyof Errors
  ? Errors[Code] extends undefined
    ? [details?: undefined, message?: string]
    : [details: Errors[Code], message?: string]
  : [details?: undefined, message?: string];

/** What every handler, authorizer and hook is given. Generated contexts add the contract's targets. */
export interface HandlerContext<Identity = unknown, Errors = object, Codes extends keyof Errors = never> {
  /** Who is behind the connection: what `authenticate` returned, checked against the contract. */
  readonly identity: Identity;
  /** The Socket.IO socket itself, for what the contract does not cover. */
  readonly rawSocket: IdentifiedSocket<Identity>;
  /** Aborted when the caller disconnects, and when the deadline has passed. */
  readonly signal: AbortSignal;
  /** The event's name; `connect`, `disconnecting` or `disconnect` in a hook. */
  readonly event: string;
  /** What the client sent beside the payload; empty where it sent nothing. */
  readonly meta: ClientMeta;
  /**
   * Makes a failure to return: `return ctx.fail('BOARD_FULL', { limit })`. Without a message the code's own is sent.
   */
  fail<Code extends FixedCode | (Codes & string)>(
    code: Code,
    ...rest: FailArguments<Errors, Codes, Code>
  ): HandlerFailure<Code & Codes & string>;
}
