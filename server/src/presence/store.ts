/**
 * Where the nodes of one server put together who is in which room. A store knows users, not connections: a node tells
 * it the first tab of a user in a room and the end of the last one, and hears what changed from all nodes.
 *
 * @module presence
 */

/** Users by key, each as JSON text in wire form. */
export type UserTexts = ReadonlyMap<string, string>;

/** What changed in a room. */
export interface PresenceChanges {
  readonly joins: UserTexts;
  /** Keys. */
  readonly leaves: readonly string[];
  /** Users who are there already, as they are from then on. */
  readonly changes: UserTexts;
}

/** A place in the life of a room: `seq` counts its changes; a new `epoch` says that the store has forgotten them. */
export interface PresencePlace {
  readonly epoch: string;
  readonly seq: number;
}

/** Everyone in a room. */
export interface PresenceState extends PresencePlace {
  readonly users: UserTexts;
}

/** One change, told to every node that follows the room. */
export interface PresenceDiff extends PresencePlace, PresenceChanges {
  readonly room: string;
}

/** What a node hears from its store. */
export interface PresenceListener {
  readonly onDiff: (diff: PresenceDiff) => void;
  /** Where a followed room stands, told now and then, so that a lost message is noticed. */
  readonly onPlace: (room: string, place: PresencePlace) => void;
  /** The store no longer counts this node: it was silent for longer than its lease, or the store came back empty. */
  readonly onForgotten: () => void;
  /** The store was out of reach and is back, or the reverse. */
  readonly onReach: (reachable: boolean) => void;
}

/** A node's side of a store. What is asked while the store is out of reach is rejected. */
export interface PresenceLink {
  /**
   * Users whom this node begins to hold, no longer holds, or has changed; resolves with the keys of those who were on
   * no node before. May be repeated without harm.
   */
  readonly hold: (room: string, changes: PresenceChanges) => Promise<readonly string[]>;
  /** Hears of a room from now on; resolves when no later change is missed. */
  readonly follow: (room: string) => Promise<void>;
  readonly unfollow: (room: string) => void;
  readonly read: (room: string) => Promise<PresenceState>;
  /** Rooms that a user is in, on any node. */
  readonly find: (key: string) => Promise<readonly { readonly room: string; readonly text: string }[]>;
  /** This node stops: what it holds is let go after `graceMs` milliseconds, unless another node holds it then. */
  readonly retire: (graceMs: number) => Promise<void>;
}

/** Where presence is put together. */
export interface PresenceStore {
  /** How long a node that has died still counts, in milliseconds; 0 where no node can die alone. */
  readonly leaseMs: number;
  /** @param scope Keeps the rooms of one contract's projection apart from those of others. */
  readonly open: (scope: string, listener: PresenceListener) => PresenceLink;
}
