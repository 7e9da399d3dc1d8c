/**
 * Evictions of one contract, kept in a log of their own beside the rooms': a message to the other nodes may be lost,
 * an entry of a log is not. A node that could not hear applies what it missed before it passes on anything that came
 * later.
 *
 * @module evictions
 */
import { logWarning } from '../report.ts';
import type { Runtime } from '../runtime.ts';
import type { Session } from '../session.ts';
import type { EventLog, NewEntry } from '../stores/log.ts';
import { revoke, sessionsIn, takeOut, type Eviction } from './evict.ts';
import { createFeed, type FeedEntry } from './feed.ts';
import type { Follower } from './follower.ts';
import type { Gate } from './gate.ts';
import { pack } from './pack.ts';
import { permitOf } from './permit.ts';
import { placeOf } from './place.ts';

/** Evictions as one node knows them. */
export interface Evictions {
  /** Logs an eviction as soon as the log is writable. */
  record(eviction: Eviction): void;
  /** Applies an eviction, unless it was applied before. */
  apply(eviction: Eviction): void;
  /** Whether some may not be known yet. */
  isBehind(): boolean;
  /** Resolves when all evictions logged before are applied here. Rejects if the log is unreachable. */
  settle(): Promise<void>;
  /** Applies missed evictions, and logs those that could not be logged. Rejects if the log is unreachable. */
  check(): Promise<void>;
  /** A connection entered a room, or left it. */
  entered(room: string, id: string): void;
  left(room: string, id: string): void;
  close(): void;
}

/** Options of {@link createEvictions}. */
export interface EvictionParts {
  readonly log: EventLog;
  /** The name of their log. */
  readonly name: string;
  readonly pageEntries: number;
  readonly gate: Gate;
  /** What follows a room's log for a connection. */
  readonly followerOf: (room: string, id: string) => Follower | undefined;
}

/** Name of their entries. */
const event = 'sockeye:evict';

/** A node that was away for longer calls the authorizers of all rooms again. */
const retention = { keep: 1_000, maxAgeMs: 3_600_000 };

/** How many ids are remembered, and how many evictions wait for a log that cannot be written. */
const most = 10_000;

type Entered = Map<string, Set<string>>;

/** Starts following the evictions of a contract. */
export function createEvictions(
  runtime: Runtime,
  { log, name, pageEntries, gate, followerOf }: EvictionParts,
): Evictions {
  const known = new Set<string>();
  const waiting: NewEntry[] = [];
  let writing: Promise<void> | undefined;
  /** Who entered since it was last certain that no eviction was missed: before the present check, and during it. */
  const older: Entered = new Map();
  let recent: Entered = new Map();

  const feed = createFeed({
    log,
    room: name,
    ring: 1,
    pageEntries,
    listener: {
      entry: (entry, _before, isLive) => hear(entry, isLive),
      // It is no longer known which ones were missed.
      reset: () => {
        runtime.withdrawals.miss();
        for (const room of runtime.namespace.adapter.rooms.keys())
          for (const session of sessionsIn(runtime, room)) ask(session, room);
      },
    },
  });

  const note = (id: string): boolean => {
    if (known.has(id)) return false;
    known.add(id);
    if (known.size > most) known.delete(known.values().next().value!);
    return true;
  };

  const hear = ({ payload }: FeedEntry, isLive: boolean): void => {
    const eviction = payload as Eviction;
    if (!note(eviction.id)) return;
    if (isLive) return takeOut(runtime, eviction);
    // Those who may have entered after it are authorized again: they may have become members again.
    takeOut(
      runtime,
      eviction,
      (session, room) => !isDoubtful(room, session.socket.id) || !ask(session, room),
    );
  };

  const isDoubtful = (room: string, id: string): boolean =>
    recent.get(room)?.has(id) === true || older.get(room)?.has(id) === true;

  /**
   * Evicts a connection unless the room's authorizer admits it; until then, it receives no durable events of the room.
   * False if the room has no authorizer.
   */
  const ask = (session: Session, room: string): boolean => {
    const place = placeOf(runtime.table, room);
    if (place === undefined || !Object.hasOwn(runtime.options.authorize, place.kind)) return false;
    const decide = async (): Promise<void> => {
      const leave = await gate.enter();
      const permit = await permitOf({ session, room, ...place }).finally(leave);
      if (permit.kind === 'allowed' || !session.socket.rooms.has(room)) return;
      revoke(session, room, permit.kind === 'denied' ? permit.code : 'FORBIDDEN');
    };
    const decided = decide();
    followerOf(room, session.socket.id)?.doubt(decided);
    return true;
  };

  let isOpen = false;

  const open = async (): Promise<void> => {
    if (isOpen) return;
    await feed.ready();
    if (isOpen) return;
    isOpen = true;
    runtime.withdrawals.miss();
    for (const room of new Set([...older.keys(), ...recent.keys()]))
      for (const session of sessionsIn(runtime, room))
        if (isDoubtful(room, session.socket.id)) ask(session, room);
  };

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      await log.append(waiting[0]!);
      waiting.shift();
    }
  };

  const flush = (): Promise<void> => (writing ??= write().finally(() => (writing = undefined)));

  open().catch(() => undefined);

  return {
    record: (eviction) => {
      note(eviction.id);
      waiting.push({ room: name, event, body: pack(eviction), ...retention, key: `${name}:${eviction.id}` });
      if (waiting.length > most) waiting.shift();
      flush().catch((error: unknown) =>
        logWarning(
          runtime.options,
          { rooms: eviction.rooms, err: error },
          'an eviction could not be logged yet; it will be retried',
        ),
      );
    },
    apply: (eviction) => {
      if (note(eviction.id)) takeOut(runtime, eviction);
    },
    isBehind: () => !isOpen || feed.isLooking,
    settle: async () => {
      await open();
      await feed.look();
    },
    check: async () => {
      for (const [room, ids] of recent) for (const id of ids) add(older, room, id);
      recent = new Map();
      await open();
      await flush();
      const sampled = feed.position;
      const [head] = await log.heads([name]);
      await feed.check(head!, sampled);
      older.clear();
    },
    entered: (room, id) => {
      if (room !== id) add(recent, room, id);
    },
    left: (room, id) => {
      for (const entered of [older, recent])
        if (entered.get(room)?.delete(id) === true && entered.get(room)!.size === 0) entered.delete(room);
    },
    close: () => feed.close(),
  };
}

function add(entered: Entered, room: string, id: string): void {
  const ids = entered.get(room);
  if (ids === undefined) entered.set(room, new Set([id]));
  else ids.add(id);
}
