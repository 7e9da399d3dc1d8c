/** A position in the log of a room: the client has received everything up to the entry `offset` of `epoch`. */
export interface Cursor {
  /** Identifies one life of a log: a log that lost entries starts a new epoch. */
  readonly epoch: string;
  /** Counts a room's entries from 1 without gaps; 0 is the position before the first entry. */
  readonly offset: number;
  /** Identifies the entry at `offset`, to detect a log that went back in time; empty at offset 0. */
  readonly id: string;
}

/** Names of the events that Sockeye itself sends; contracts cannot use their prefix. */
export const control = {
  /** Server to client, {@link LogStart}: the entries of a room's log follow. */
  log: 'sockeye:log',
  /** Client to server, {@link SyncRequest}: send the log again from a cursor on. Acknowledged in the usual envelope. */
  sync: 'sockeye:sync',
  /** Server to client, {@link Revoked}: the client was evicted from a room. */
  revoked: 'sockeye:revoked',
  /** Server to client, {@link Draining}: this server shuts down. */
  draining: 'sockeye:draining',
  /** Server to client, {@link PresenceFrame}: who is in a room. Client to server, `{ room }`: resend the full list. */
  presence: 'sockeye:presence',
  /** Server to client, {@link Lagged}: events were dropped. */
  lagging: 'sockeye:lagging',
  /**
   * Server to client: a batch of volatile events, each an array of its name and its arguments. Only for clients whose
   * stamp in the handshake contains `batches: true`.
   */
  batch: 'sockeye:batch',
} as const;

/**
 * The entries of a room's log follow one by one, starting after `offset`. Sent before the ack of the join, only to
 * clients that sent `since`, and again whenever the log has to restart.
 */
export interface LogStart extends Cursor {
  /** The room's name. */
  readonly room: string;
  /** Offset of the newest entry when this was sent; entries up to it are replayed, later ones are live. */
  readonly head: number;
  /** False: the log cannot complete the client's state, so the client must reload it. */
  readonly recovered: boolean;
}

/** Requests the log of a room from a cursor on; null for a client without one. */
export interface SyncRequest {
  readonly room: string;
  readonly since: Cursor | null;
}

/** Tells a client that it was evicted from a room; no event of the room follows. */
export interface Revoked {
  readonly room: string;
  /** The reason, such as FORBIDDEN. */
  readonly code: string;
}

/** Tells a client that its server shuts down, and when to reconnect. */
export interface Draining {
  /** In milliseconds; random for each client, so that they do not all reconnect at once. */
  readonly retryAfterMs: number;
}

/** Tells a slow client that events were dropped: it must reload its state. */
export interface Lagged {
  /** Number of dropped events. */
  readonly dropped: number;
}

/** Whether a received value has the shape of a {@link Cursor}. */
export function isCursor(value: unknown): value is Cursor {
  if (typeof value !== 'object' || value === null) return false;
  const { epoch, offset, id } = value as Record<string, unknown>;
  return isName(epoch) && isName(id) && Number.isSafeInteger(offset) && (offset as number) >= 0;
}

/** Epochs and ids are short; a longer text does not come from a server. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 64;
}
