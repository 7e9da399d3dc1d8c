import type { ClientMeta, FixedCode } from '@sockeye/contract/wire';
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { HandlerFailure } from './failure.ts';

/**
 * A Socket.IO socket whose `data.identity` is what `authenticate` returned; the rest of `data` is free for your use.
 */
export type IdentifiedSocket<Identity> = Socket<
  DefaultEventsMap,
  DefaultEventsMap,
  DefaultEventsMap,
  { readonly identity: Identity; readonly [name: string]: unknown }
>;

/** The arguments of `ctx.fail` after the code: details if the contract declares them, then a message for the peer. */
export type FailArguments<Errors, Codes, Code> = Code extends Codes & keyof Errors
  ? Errors[Code] extends undefined
    ? [details?: undefined, message?: string]
    : [details: Errors[Code], message?: string]
  : [details?: undefined, message?: string];

/** What every handler, authorizer and hook receives. Generated contexts add the contract's targets. */
export interface HandlerContext<Identity = unknown, Errors = object, Codes extends keyof Errors = never> {
  /** What `authenticate` returned, validated and stripped to the contract. */
  readonly identity: Identity;
  /** The Socket.IO socket, for what the contract does not cover. */
  readonly rawSocket: IdentifiedSocket<Identity>;
  /** Aborted when the caller disconnects or the deadline has passed. */
  readonly signal: AbortSignal;
  /** The event's name; `connect`, `disconnecting` or `disconnect` in a hook. */
  readonly event: string;
  /** Metadata that the client sent with the payload; empty if it sent none. */
  readonly meta: ClientMeta;
  /**
   * Creates a failure to return: `return ctx.fail('BOARD_FULL', { limit })`. Default message: that of the code.
   */
  fail<Code extends FixedCode | (Codes & string)>(
    code: Code,
    ...rest: FailArguments<Errors, Codes, Code>
  ): HandlerFailure<Code & Codes & string>;
}
