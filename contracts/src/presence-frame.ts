/**
 * Who is in a room, told to generated clients by the event `sockeye:presence`: everyone, or what changed since the
 * frame before. `seq` counts a room's frames within one `epoch`; a client that misses one asks for everyone.
 */
export type PresenceFrame = PresenceHead & ({ readonly users: readonly unknown[] } | PresenceChange);

/** What every {@link PresenceFrame} says. */
export interface PresenceHead {
  /** The room's name. */
  readonly room: string;
  /** Name of the projection in the contract. */
  readonly of: string;
  readonly epoch: string;
  readonly seq: number;
  /** How many users there are; more than are listed in a room that is too large to list them all. */
  readonly total: number;
}

/** What changed since the frame before; an absent list is an empty one. */
export interface PresenceChange {
  /** Users in wire form, in the order in which they are listed. */
  readonly joins?: readonly unknown[];
  /** Keys of users. */
  readonly leaves?: readonly (string | number)[];
  /** Users in wire form, as they are after a change of their own. */
  readonly changes?: readonly unknown[];
}
