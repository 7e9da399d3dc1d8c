import type { answers } from './answers.ts';
import type { batches } from './batches.ts';
import type { once } from './commands.ts';
import type { durable } from './durable/logs.ts';
import type { projections } from './projections/projection.ts';
import type { rooms } from './rooms.ts';

/**
 * Parts of a client that not every contract needs. Generated code passes those that its contract needs, so that a
 * bundle contains no others.
 */
export interface ClientFeatures {
  /** Server events have acks. */
  readonly answers?: typeof answers;
  /** The server sends volatile events, which can arrive in batches. */
  readonly batches?: typeof batches;
  /** Rooms have logs. */
  readonly durable?: typeof durable;
  /** There are once-only commands. */
  readonly once?: typeof once;
  /** There are projections. */
  readonly projections?: typeof projections;
  /** Clients join rooms. */
  readonly rooms?: typeof rooms;
}
