import type * as z from 'zod';

/** What clients of earlier versions send, and its conversion to the current form. See {@link upcast}. */
export interface Upcast<Old extends z.ZodType = z.ZodType, Current = unknown> {
  readonly kind: 'upcast';
  readonly schema: Old;
  readonly cast: (old: z.output<Old>) => Current;
}

/** What clients of earlier versions receive, and its conversion from the current form. See {@link downcast}. */
export interface Downcast<Old extends z.ZodType = z.ZodType, Current = unknown> {
  readonly kind: 'downcast';
  readonly schema: Old;
  readonly cast: (current: Current) => z.output<Old>;
}

/** A cast in either direction, between any types. */
export interface Cast<Kind extends 'upcast' | 'downcast' = 'upcast' | 'downcast'> {
  readonly kind: Kind;
  readonly schema: z.ZodType;
  readonly cast: (value: never) => unknown;
}

/**
 * An earlier form of an event, for clients generated from an earlier version of the contract. Use `upcast` for what
 * clients send (payloads of client events, acks of server events), and `downcast` for what the server sends.
 */
export interface EarlierForm {
  /** Clients below this version of the contract use this form. At most the contract's own version. */
  readonly until: string;
  /** Default: the payload is unchanged. */
  readonly payload?: Cast;
  /** Default: the ack is unchanged. */
  readonly ack?: Cast;
}

/**
 * Converts what clients of earlier versions send to the event's current form, which handlers receive. The result is
 * validated; if `cast` throws or returns an invalid value, the call ends with INTERNAL.
 *
 * @param cast From the old application form to the current one.
 */
export function upcast<Old extends z.ZodType, const Current>(
  schema: Old,
  cast: (old: z.output<Old>) => Current,
): Upcast<Old, Current> {
  return { kind: 'upcast', schema, cast };
}

/**
 * Converts what the server sends to the form that clients of earlier versions expect.
 *
 * @param cast From the event's application form, validated and stripped, to the old one. If it throws, the error is
 * logged, and those clients do not receive the event.
 */
export function downcast<Old extends z.ZodType, Current>(
  schema: Old,
  cast: (current: Current) => z.output<Old>,
): Downcast<Old, Current> {
  return { kind: 'downcast', schema, cast };
}
