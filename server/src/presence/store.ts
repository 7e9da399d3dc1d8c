/**
 * Where nodes share who is in which room. A store knows users, not connections: a node reports a user's first tab in a
 * room and the end of the last one, and receives the changes of all nodes.
 *
 * @module presence
 */

/** Users by key, each as JSON text in wire form. */
export type UserTexts = ReadonlyMap<string, string>;

/** What changed in a room. */
export interface PresenceChanges {
  readonly joins: UserTexts;
  /** Keys of users. */
  readonly leaves: readonly string[];
  /** Users who were present before, after the change. */
  readonly changes: UserTexts;
}

/** The state of a room: `seq` counts its changes; a new `epoch` means that the store has lost them. */
export interface PresencePlace {
  readonly epoch: string;
  readonly seq: number;
}

/** Everyone in a room. */
export interface PresenceState extends PresencePlace {
  readonly users: UserTexts;
}

/** One change, sent to every node that follows the room. */
export interface PresenceDiff extends PresencePlace, PresenceChanges {
  readonly room: string;
}

/** What a node receives from its store. */
export interface PresenceListener {
  readonly onDiff: (diff: PresenceDiff) => void;
  /** The current state of a followed room, sent from time to time to detect lost messages. */
  readonly onPlace: (room: string, place: PresencePlace) => void;
  /** The store has dropped this node: it was silent for longer than its lease, or the store came back empty. */
  readonly onForgotten: () => void;
  /** The store became reachable or unreachable. */
  readonly onReach: (reachable: boolean) => void;
}

/** A node's connection to a store. While the store is unreachable, calls reject. */
export interface PresenceLink {
  /**
   * Reports users who joined on this node, left it, or changed; resolves with the keys of those who were on no node
   * before. Idempotent.
   */
  readonly hold: (room: string, changes: PresenceChanges) => Promise<readonly string[]>;
  /** Follows a room from now on; resolves when no later change can be missed. */
  readonly follow: (room: string) => Promise<void>;
  readonly unfollow: (room: string) => void;
  readonly read: (room: string) => Promise<PresenceState>;
  /** Rooms that a user is in, on any node. */
  readonly find: (key: string) => Promise<readonly { readonly room: string; readonly text: string }[]>;
  /** This node shuts down: its users leave after `graceMs` milliseconds, unless another node holds them then. */
  readonly retire: (graceMs: number) => Promise<void>;
}

/** Where nodes share presence. */
export interface PresenceStore {
  /** How long the users of a dead node stay present, in milliseconds; 0 if a node cannot die alone. */
  readonly leaseMs: number;
  /** @param scope Separates the rooms of one contract's projection from those of others. */
  readonly open: (scope: string, listener: PresenceListener) => PresenceLink;
}
