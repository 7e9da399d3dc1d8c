/** A place in the log of a room: everything up to the entry `offset` of `epoch` has been seen. */
export interface Cursor {
  /** Tells one life of a log from the next: a log that lost entries begins a new epoch. */
  readonly epoch: string;
  /** Counts a room's entries from 1 without gaps; 0 is the place before the first. */
  readonly offset: number;
  /** Identifies the entry at `offset`, so that a log which went back in time is noticed; empty at offset 0. */
  readonly id: string;
}

/** Names of the events that Sockeye itself sends; no contract may use their prefix. */
export const control = {
  /** Server to client, {@link LogStart}: where the frames of a room's log begin. */
  log: 'sockeye:log',
  /** Client to server, {@link SyncRequest}: begin again from there. Acknowledged in the usual envelope. */
  sync: 'sockeye:sync',
  /** Server to client, {@link Revoked}: no longer a member. */
  revoked: 'sockeye:revoked',
  /** Server to client, {@link Draining}: this server stops. */
  draining: 'sockeye:draining',
  /** Server to client, {@link PresenceFrame}: who is in a room. Client to server, `{ room }`: tell me from the start. */
  presence: 'sockeye:presence',
  /** Server to client, {@link Lagged}: events were left out. */
  lagging: 'sockeye:lagging',
  /**
   * Server to client: volatile events that were sent together, each an array of its name and its arguments. Only to
   * clients whose stamp in the handshake says `batches: true`.
   */
  batch: 'sockeye:batch',
} as const;

/**
 * From here on the entries of a room's log come one by one, the one after `offset` first. Sent before the answer to
 * the join, only to clients that said `since`, and again whenever the log has to begin anew.
 */
export interface LogStart extends Cursor {
  /** The room's name. */
  readonly room: string;
  /** Offset of the newest entry when this was sent; entries up to it are replayed, later ones are live. */
  readonly head: number;
  /** False: what the client holds cannot be completed from the log and must be loaded anew. */
  readonly recovered: boolean;
}

/** Asks for the log of a room from a cursor on; null for a client that has none. */
export interface SyncRequest {
  readonly room: string;
  readonly since: Cursor | null;
}

/** Tells a client that it is no longer in a room; nothing of the room comes after it. */
export interface Revoked {
  readonly room: string;
  /** Such as FORBIDDEN. */
  readonly code: string;
}

/** Tells a client that its server stops, and when to come back. */
export interface Draining {
  /** In milliseconds, chosen at random for each client so that they do not come back all at once. */
  readonly retryAfterMs: number;
}

/** Tells a client that read too slowly that events were left out: what it holds must be loaded anew. */
export interface Lagged {
  /** How many events. */
  readonly dropped: number;
}

/** Whether a value that came from outside has the shape of a {@link Cursor}. */
export function isCursor(value: unknown): value is Cursor {
  if (typeof value !== 'object' || value === null) return false;
  const { epoch, offset, id } = value as Record<string, unknown>;
  return isName(epoch) && isName(id) && Number.isSafeInteger(offset) && (offset as number) >= 0;
}

/** Epochs and ids are short; anything longer was not made by a server. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 64;
}
