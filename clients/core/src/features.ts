import type { answers } from './answers.ts';
import type { batches } from './batches.ts';
import type { once } from './commands.ts';
import type { durable } from './durable/logs.ts';
import type { projections } from './projections/projection.ts';
import type { rooms } from './rooms.ts';

/**
 * Parts of a client that not every contract needs. Generated code hands in those that its contract does, so that a
 * bundle carries no others.
 */
export interface ClientFeatures {
  /** The server asks questions. */
  readonly answers?: typeof answers;
  /** The server sends volatile events, which may come several in a frame. */
  readonly batches?: typeof batches;
  /** Rooms have logs. */
  readonly durable?: typeof durable;
  /** Commands take effect once. */
  readonly once?: typeof once;
  /** Events are kept as state. */
  readonly projections?: typeof projections;
  /** Clients join rooms. */
  readonly rooms?: typeof rooms;
}
