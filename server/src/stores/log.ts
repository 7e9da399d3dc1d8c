import type { Cursor } from '@sockeye/contract/wire';

/** One durable event as a log keeps it. */
export interface LogEntry extends Cursor {
  /** The event's name. */
  readonly event: string;
  /** In wire form. */
  readonly payload: unknown;
  /** When it was appended, in milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Keeps the durable events of every room. */
export interface EventLog {
  /** Such as `memory` or `redis`; for health reports. */
  readonly kind: string;
}
