import type * as z from 'zod';
import type { Duration } from './duration.ts';
import type { EarlierForm } from './earlier.ts';
import type { ErrorBody } from './errors.ts';

/** At most `rate` calls per `per` and socket; short bursts up to `burst` are let through. */
export interface RateLimit {
  readonly rate: number;
  readonly per: Duration;
  /** Default: `rate`. */
  readonly burst?: number;
}

/**
 * How an event travels.
 *
 * - `event`: at most once, in order; Socket.IO's own. What a client misses while it is away is lost.
 * - `volatile`: may be lost, newest wins.
 * - `durable`: server events of a room; logged before they are sent, numbered without gaps, and replayed to clients
 *   that were away. The server needs a log for them.
 */
export type Delivery = 'event' | 'volatile' | 'durable';

/** An acknowledgement outside Sockeye's envelope, as an existing Socket.IO application sends it. */
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
 * Describes an acknowledgement of an existing wire exactly: `raw(Schema)` is `ack(value)`, `raw([A, B])` is
 * `ack(a, b)`.
 *
 * @param options.failure The value (for a tuple: the arguments) that tells the caller of a refused or failed call.
 * Without it such a call is not answered, since the wire has no way to say so.
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
  /** Marks the event as deprecated; a text says what to use instead. */
  readonly deprecated?: boolean | string;
  /** The one argument. Leave it out for an event that carries none. */
  readonly payload?: z.ZodType;
  /** Instead of `payload`: positional arguments of an existing wire. Handlers and listeners get them as a tuple. */
  readonly args?: readonly [z.ZodType, ...z.ZodType[]];
  /** What the receiver answers. Leave it out where nobody waits for an answer. */
  readonly ack?: z.ZodType | RawAck;
  /** The contract's own errors that the event may end with. */
  readonly errors?: readonly string[];
  /** Client events: a successful call enters this room, whose parameters are fields of the payload. */
  readonly joins?: string;
  /** Client events: a successful call leaves this room, whose parameters are fields of the payload. */
  readonly leaves?: string;
  /** Client events: the caller must be in this room, whose parameters are fields of the payload. */
  readonly within?: string;
  /** Server events: the room they go to. Leave it out for events to everyone or to one socket. */
  readonly room?: string;
  /** Default: `event`. */
  readonly delivery?: Delivery;
  /**
   * Client events with an `ack`: a command that takes effect once, however often a client has to send it. The client
   * gives it a key and repeats it until it is answered; the server keeps the answer and gives it to every repetition,
   * and CONFLICT to another payload under the same key. Default: false.
   */
  readonly once?: boolean;
  /** Client events: calls over the limit end with RATE_LIMITED. Default: none. */
  readonly limit?: RateLimit;
  /** With `ack`: how long to wait for it. Default: the runtime's, 10 s. */
  readonly timeout?: Duration;
  /**
   * The forms in which the event is served to clients of earlier versions while they are still out there, the oldest
   * first. Default: everyone gets the form above.
   */
  readonly versions?: readonly EarlierForm[];
  /** Sample payloads in wire form, checked when the contract is defined and kept in generated documentation. */
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
