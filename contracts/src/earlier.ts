import type * as z from 'zod';

/** What clients of earlier versions send, and how it becomes what the contract says. */
export interface Upcast<Old extends z.ZodType = z.ZodType, Current = unknown> {
  readonly kind: 'upcast';
  readonly schema: Old;
  readonly cast: (old: z.output<Old>) => Current;
}

/** What clients of earlier versions are sent, and how it is made of what the contract says. */
export interface Downcast<Old extends z.ZodType = z.ZodType, Current = unknown> {
  readonly kind: 'downcast';
  readonly schema: Old;
  readonly cast: (current: Current) => z.output<Old>;
}

/** A cast in either direction, whatever it casts. */
export interface Cast<Kind extends 'upcast' | 'downcast' = 'upcast' | 'downcast'> {
  readonly kind: Kind;
  readonly schema: z.ZodType;
  readonly cast: (value: never) => unknown;
}

/**
 * The form in which an event travels to and from clients that were generated from an earlier version of the contract.
 * Clients send payloads of client events and answers to server events: those take `upcast`. The rest takes `downcast`.
 */
export interface EarlierForm {
  /** Clients below this version of the contract speak this form; it is at most the contract's own version. */
  readonly until: string;
  /** Default: the payload has not changed. */
  readonly payload?: Cast;
  /** Default: the ack has not changed. */
  readonly ack?: Cast;
}

/**
 * What clients of earlier versions send. Handlers get what `cast` makes of it, in the contract's own form; it is
 * checked, and a cast that throws or makes something else ends the call with INTERNAL.
 *
 * @param cast From the old application form to the event's own.
 */
export function upcast<Old extends z.ZodType, const Current>(
  schema: Old,
  cast: (old: z.output<Old>) => Current,
): Upcast<Old, Current> {
  return { kind: 'upcast', schema, cast };
}

/**
 * What clients of earlier versions are sent instead of what the contract says.
 *
 * @param cast From the event's application form, checked and stripped, to the old one. What it throws is logged, and
 * those clients do not get the event.
 */
export function downcast<Old extends z.ZodType, Current>(
  schema: Old,
  cast: (current: Current) => z.output<Old>,
): Downcast<Old, Current> {
  return { kind: 'downcast', schema, cast };
}
