import type * as z from 'zod';
import type { Duration } from './duration.ts';
import type { EarlierForm } from './earlier.ts';
import type { ErrorBody } from './errors.ts';

/** At most `rate` calls per `per` and socket; short bursts of up to `burst` calls are accepted. */
export interface RateLimit {
  readonly rate: number;
  readonly per: Duration;
  /** Default: `rate`. */
  readonly burst?: number;
}

/**
 * How an event is delivered.
 *
 * - `event`: at most once, in order, as in plain Socket.IO. A client does not receive what is sent while it is away.
 * - `volatile`: may be lost; only the newest matters.
 * - `durable`: for server events of a room. Stored in the room's log before they are sent, numbered without gaps, and
 *   replayed to clients that were away. The server needs an `eventLog`.
 */
export type Delivery = 'event' | 'volatile' | 'durable';

/** An acknowledgement without Sockeye's envelope, as an existing Socket.IO application sends it. */
export interface RawAck<
  Schema extends z.ZodType | readonly [z.ZodType, ...z.ZodType[]] =
    z.ZodType | readonly [z.ZodType, ...z.ZodType[]],
> {
  readonly kind: 'raw';
  /** One schema for `ack(value)`; a tuple for `ack(error, value)` and the like. */
  readonly schema: Schema;
  readonly failure: ((error: ErrorBody) => unknown) | undefined;
}

/**
 * Describes the ack of an existing wire format exactly: `raw(Schema)` is `ack(value)`, `raw([A, B])` is `ack(a, b)`.
 *
 * @param options.failure Returns the value (for a tuple: the arguments) to answer a refused or failed call with.
 * Without it, such a call is not answered, because the format has no place for errors.
 */
export function raw<const Schema extends z.ZodType | readonly [z.ZodType, ...z.ZodType[]]>(
  schema: Schema,
  options: { readonly failure?: (error: ErrorBody) => unknown } = {},
): RawAck<Schema> {
  return { kind: 'raw', schema, failure: options.failure };
}

/** What an event consists of; every field is optional. */
export interface EventSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** More than one sentence, kept in generated code. */
  readonly description?: string;
  /** Marks the event as deprecated. Use a string to say what to use instead. */
  readonly deprecated?: boolean | string;
  /** Schema of the one argument. Omit it for an event without a payload. */
  readonly payload?: z.ZodType;
  /** Instead of `payload`: positional arguments of an existing wire format. Handlers receive them as a tuple. */
  readonly args?: readonly [z.ZodType, ...z.ZodType[]];
  /** What the receiver answers. Omit it if the event is not acknowledged. */
  readonly ack?: z.ZodType | RawAck;
  /** Codes of the contract's own errors that the call may end with. */
  readonly errors?: readonly string[];
  /** Client events: a successful call enters this room. The room's parameters are fields of the payload. */
  readonly joins?: string;
  /** Client events: a successful call leaves this room. The room's parameters are fields of the payload. */
  readonly leaves?: string;
  /** Client events: the caller must be in this room. The room's parameters are fields of the payload. */
  readonly within?: string;
  /** Server events: the room that receives the event. Omit it for events to everyone or to one socket. */
  readonly room?: string;
  /** Default: `event`. */
  readonly delivery?: Delivery;
  /**
   * Client events with an `ack`: the command takes effect once, however often it is sent. The client generates a key
   * and retries until it gets an answer; the server stores the answer and returns it to every retry. Another payload
   * with the same key ends with CONFLICT. Default: false.
   */
  readonly once?: boolean;
  /** Client events: calls over the limit end with RATE_LIMITED. Default: none. */
  readonly limit?: RateLimit;
  /** With `ack`: how long to wait for it. Default: 10 s. */
  readonly timeout?: Duration;
  /**
   * Earlier forms of the event, for clients of earlier versions that are still deployed; oldest first. Default: all
   * clients get the form above.
   */
  readonly versions?: readonly EarlierForm[];
  /** Sample payloads in wire form: checked by `defineContract`, and kept in generated documentation. */
  readonly examples?: readonly unknown[];
}

/** An event of a contract. */
export interface EventDefinition<Spec extends EventSpec = EventSpec> {
  readonly kind: 'event';
  readonly spec: Spec;
}

/**
 * Declares an event.
 *
 * @example event({ summary: 'Someone is typing.', payload: z.object({ taskId: TaskId }), delivery: 'volatile' })
 */
export function event<const Spec extends EventSpec>(
  spec: Spec & { readonly [K in Exclude<keyof Spec, keyof EventSpec>]: never },
): EventDefinition<Spec> {
  return { kind: 'event', spec };
}
