/**
 * Who is in a room, sent to generated clients with the event `sockeye:presence`: the full list, or the changes since
 * the previous frame. `seq` counts a room's frames within one `epoch`; a client that misses one asks for the full list.
 */
export type PresenceFrame = PresenceHead & ({ readonly users: readonly unknown[] } | PresenceChange);

/** The fields of every {@link PresenceFrame}. */
export interface PresenceHead {
  /** The room's name. */
  readonly room: string;
  /** Name of the projection in the contract. */
  readonly of: string;
  readonly epoch: string;
  readonly seq: number;
  /** Number of users; in a large room, more than are listed. */
  readonly total: number;
}

/** Changes since the previous frame; an absent list is empty. */
export interface PresenceChange {
  /** New users in wire form, in list order. */
  readonly joins?: readonly unknown[];
  /** Keys of the users who left. */
  readonly leaves?: readonly (string | number)[];
  /** Changed users in wire form, after the change. */
  readonly changes?: readonly unknown[];
}
