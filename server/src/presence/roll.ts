import type { PresenceChange } from '@sockeye/contract/wire';
import type { PresenceChanges, PresenceDiff, PresencePlace, PresenceState } from './store.ts';

/** A user of one room who has a tab on this node, or had one until a grace ago. */
export interface Seat {
  readonly sockets: Set<string>;
  /** The user, as JSON text in wire form. */
  text: string;
  /** Changed here, and the store does not know yet. */
  changed: boolean;
  /** Ends the grace early, without the user being gone. */
  stay: (() => void) | undefined;
}

/** One room on one node: who sits here, what the store says, and what clients were told. */
export interface Roll {
  readonly room: string;
  /** Connections of this node that are in the room, each with its user's key; undefined for one that nobody sees. */
  readonly sockets: Map<string, string | undefined>;
  readonly seats: Map<string, Seat>;
  /** Users whom the store knows to be held by this node. */
  readonly held: Set<string>;
  /** What the store says; undefined until it has said so. */
  place: PresencePlace | undefined;
  readonly known: Map<string, string>;
  /** Users whom a store that has forgotten everything does not name yet. */
  readonly missing: Set<string>;
  /** What clients were told, by key. */
  readonly shown: Map<string, { readonly text: string; readonly user: unknown }>;
  total: number;
  /** Frames that changed something. */
  seq: number;
}

/** A room that nobody has entered. */
export function createRoll(room: string): Roll {
  return {
    room,
    sockets: new Map(),
    seats: new Map(),
    held: new Set(),
    place: undefined,
    known: new Map(),
    missing: new Set(),
    shown: new Map(),
    total: 0,
    seq: 0,
  };
}

/** What the store has to be told; undefined where it knows. */
export function untold({ seats, held }: Roll): PresenceChanges | undefined {
  const joins = new Map<string, string>();
  const changes = new Map<string, string>();
  for (const [key, { text, changed }] of seats) {
    if (!held.has(key)) joins.set(key, text);
    if (changed) changes.set(key, text);
  }
  const leaves = [...held].filter((key) => !seats.has(key));
  return joins.size + changes.size + leaves.length === 0 ? undefined : { joins, leaves, changes };
}

/** Notes that the store was told. */
export function told({ seats, held }: Roll, { joins, leaves, changes }: PresenceChanges): void {
  for (const key of joins.keys()) held.add(key);
  for (const key of leaves) held.delete(key);
  for (const [key, text] of changes) {
    const seat = seats.get(key);
    if (seat?.text === text) seat.changed = false;
  }
}

/** Takes over everything that the store says. Whom a new epoch does not name is missing, and not yet gone. */
export function load(roll: Roll, { epoch, seq, users }: PresenceState): void {
  const { known, missing, place } = roll;
  const isForgetful = place !== undefined && place.epoch !== epoch;
  for (const key of [...known.keys()]) {
    if (users.has(key)) continue;
    if (isForgetful) missing.add(key);
    else if (!missing.has(key)) known.delete(key);
  }
  for (const [key, text] of users) know(roll, key, text);
  roll.place = { epoch, seq };
}

/** Takes over one change; false where one before it was missed. */
export function apply(roll: Roll, { epoch, seq, joins, leaves, changes }: PresenceDiff): boolean {
  const { place, known, missing } = roll;
  if (place?.epoch !== epoch || seq > place.seq + 1) return false;
  if (seq <= place.seq) return true;
  for (const key of leaves) {
    known.delete(key);
    missing.delete(key);
  }
  for (const [key, text] of [...joins, ...changes]) know(roll, key, text);
  roll.place = { epoch, seq };
  return true;
}

function know({ known, missing, seats }: Roll, key: string, text: string): void {
  known.set(key, text);
  missing.delete(key);
  const seat = seats.get(key);
  if (seat && !seat.changed) seat.text = text;
}

/** Gives up those who are missing since the store forgot. */
export function giveUpMissing({ known, missing }: Roll): void {
  for (const key of missing) known.delete(key);
  missing.clear();
}

/** Everyone in the room: whom the store names, and whoever sits here. */
export function everyone({ known, seats }: Roll): Map<string, string> {
  const users = new Map(known);
  for (const [key, { text }] of seats) users.set(key, text);
  return users;
}

/** How many {@link everyone} are. */
export function totalOf({ known, seats }: Roll): number {
  let total = known.size;
  for (const key of seats.keys()) if (!known.has(key)) total += 1;
  return total;
}

/** Brings what clients were told up to date; returns what to tell them, or undefined where nothing changed. */
export function show(roll: Roll, { limit, keyOf }: ShowRule): PresenceChange | undefined {
  const { shown } = roll;
  const users = everyone(roll);
  const joins: unknown[] = [];
  const leaves: (string | number)[] = [];
  const changes: unknown[] = [];
  for (const [key, { text, user }] of shown) {
    const now = users.get(key);
    if (now === undefined) {
      shown.delete(key);
      leaves.push(keyOf(user));
    } else if (now !== text) {
      const changed = JSON.parse(now) as unknown;
      shown.set(key, { text: now, user: changed });
      changes.push(changed);
    }
  }
  for (const [key, text] of users) {
    if (shown.size >= limit) break;
    if (shown.has(key)) continue;
    const user = JSON.parse(text) as unknown;
    shown.set(key, { text, user });
    joins.push(user);
  }
  const isSame = joins.length + leaves.length + changes.length === 0 && roll.total === users.size;
  roll.total = users.size;
  if (isSame) return undefined;
  roll.seq += 1;
  return {
    ...(joins.length > 0 && { joins }),
    ...(leaves.length > 0 && { leaves }),
    ...(changes.length > 0 && { changes }),
  };
}

/** How much of a room is shown. */
export interface ShowRule {
  /** Users who are listed at most. */
  readonly limit: number;
  /** Key of a user in wire form. */
  readonly keyOf: (user: unknown) => string | number;
}
