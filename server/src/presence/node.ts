import type { PresenceChange } from '@sockeye/contract/wire';
import type { PresenceClock } from './clock.ts';
import {
  apply,
  createRoll,
  everyone,
  giveUpMissing,
  load,
  show,
  told,
  totalOf,
  untold,
  type Roll,
  type Seat,
  type ShowRule,
} from './roll.ts';
import type { PresenceDiff, PresenceStore } from './store.ts';

/** A connection that enters a room, and its user. */
export interface Entering {
  readonly room: string;
  readonly socketId: string;
  /** Key of the user; undefined for an invisible connection. */
  readonly key: string | undefined;
  /** The user as JSON text in wire form; only looked at for the first tab. */
  readonly text: string;
}

/** One presence projection on one node. */
export interface PresenceNode {
  readonly enter: (entering: Entering) => void;
  /** @param meant The user left; otherwise the connection ended, and the user may come back within the grace. */
  readonly leave: (room: string, socketId: string, meant: boolean) => void;
  /** Everyone in a room, as JSON texts in wire form. */
  readonly list: (room: string) => Promise<readonly string[]>;
  /** How many users are in a room. */
  readonly count: (room: string) => Promise<number>;
  /** What this node knows of a user, in any room. */
  readonly lookUp: (key: string) => string | undefined;
  /** Changes a user in all rooms; `edit` may be called once per room. Resolves with the rooms. */
  readonly update: (key: string, edit: (text: string) => string) => Promise<readonly string[]>;
  /** Sends an update to a room's clients at the next tick, even if nothing changed. */
  readonly touch: (room: string) => void;
  readonly reachable: () => boolean;
  readonly close: () => Promise<void>;
}

/** Options of a {@link PresenceNode}. */
export interface NodeSetup {
  readonly store: PresenceStore;
  /** Separates its rooms from those of others in the store. */
  readonly scope: string;
  readonly clock: PresenceClock;
  readonly graceMs: number;
  readonly tickMs: number;
  readonly rule: ShowRule;
  /** Called at most once a tick and room, with what changed. True: call again at the next tick. */
  readonly publish: (roll: Roll, change: PresenceChange | undefined) => boolean;
  /** Users who were in a room on no node before, as JSON texts; called on one node alone. */
  readonly onArrival: (room: string, texts: readonly string[]) => void;
  readonly onReach: (reachable: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** How long clients wait for the store's state of a room, in milliseconds; then they see this node's users. */
const patienceMs = 1_000;

/** How long to wait before using an unreachable store again, in milliseconds. */
const retryMs = 250;

/**
 * How long a room's changes wait after some were told, in milliseconds for each connection: telling costs a frame for
 * each, so that a room costs about 500 frames a second at most, or beyond 250 connections two for each.
 */
const restPerSocketMs = 2;

/** How long they wait at most, in milliseconds. */
const longestRestMs = 500;

interface Open extends Roll {
  readonly openedAt: number;
  /** Changes that came while the room was being read. */
  early: PresenceDiff[] | undefined;
  telling: boolean;
  retryAt: number;
  /** When clients are told the next change. */
  tellAt: number;
}

/** Creates one presence projection of one node. */
export function createPresenceNode(setup: NodeSetup): PresenceNode {
  const { store, clock, graceMs, tickMs, rule } = setup;
  const rolls = new Map<string, Open>();
  const touched = new Set<string>();
  let cancelTick: (() => void) | undefined;
  let reachable = true;
  let closed = false;

  const link = store.open(setup.scope, {
    onDiff: (diff) => {
      const roll = rolls.get(diff.room);
      if (roll?.early) roll.early.push(diff);
      else if (roll && apply(roll, diff)) touch(diff.room);
      else if (roll) read(roll);
    },
    onPlace: (room, { epoch, seq }) => {
      const roll = rolls.get(room);
      if (!roll || roll.early) return;
      if (roll.place?.epoch !== epoch || roll.place.seq < seq) read(roll);
    },
    onForgotten: () => {
      for (const roll of rolls.values()) {
        roll.held.clear();
        for (const [key, { sockets, stay }] of roll.seats) {
          // Others have shown the leave of who has no tab here any more, and would see a return that is none.
          if (sockets.size > 0) continue;
          stay?.();
          roll.seats.delete(key);
        }
        touch(roll.room);
      }
    },
    onReach: (isUp) => {
      if (isUp === reachable) return;
      reachable = isUp;
      setup.onReach(isUp);
      if (isUp) for (const roll of rolls.values()) read(roll);
    },
  });

  function touch(room: string): void {
    touched.add(room);
    if (!closed) cancelTick ??= clock.after(tickMs, tick);
  }

  function tick(): void {
    cancelTick = undefined;
    const due = [...touched];
    touched.clear();
    for (const room of due) {
      const roll = rolls.get(room);
      if (!roll) continue;
      tell(roll);
      if (roll.place === undefined && clock.now() - roll.openedAt < patienceMs) touch(room);
      else if (publish(roll)) touch(room);
      if (roll.sockets.size + roll.seats.size + roll.held.size === 0 && !roll.telling) forget(roll);
    }
  }

  /** Tells clients what changed, in a large room not at every tick; who has just come never waits for what is known. */
  function publish(roll: Open): boolean {
    const now = clock.now();
    if (now < roll.tellAt) {
      setup.publish(roll, undefined);
      return true;
    }
    const change = show(roll, rule);
    const restMs = Math.min(roll.sockets.size * restPerSocketMs, longestRestMs);
    // Ends with the tick that is nearest.
    if (change !== undefined) roll.tellAt = now + restMs - tickMs / 2;
    return setup.publish(roll, change);
  }

  /** Reports changes to the store, one message at a time. */
  function tell(roll: Open): void {
    if (roll.telling || closed) return;
    const changes = untold(roll);
    if (!changes) return;
    if (clock.now() < roll.retryAt) return touch(roll.room);
    roll.telling = true;
    link.hold(roll.room, changes).then(
      (arrived) => {
        roll.telling = false;
        told(roll, changes);
        const texts = arrived.flatMap((key) => changes.joins.get(key) ?? []);
        if (texts.length > 0) setup.onArrival(roll.room, texts);
        if (untold(roll) || roll.sockets.size === 0) touch(roll.room);
      },
      () => {
        roll.telling = false;
        roll.retryAt = clock.now() + retryMs;
        touch(roll.room);
      },
    );
  }

  function read(roll: Open): void {
    if (roll.early || closed) return;
    const before = roll.place?.epoch;
    roll.early = [];
    link
      .follow(roll.room)
      .then(() => link.read(roll.room))
      .then(
        (state) => {
          const early = roll.early ?? [];
          roll.early = undefined;
          load(roll, state);
          if (before !== undefined && before !== state.epoch) forgetMissingLater(roll);
          // One that is missing in between is noticed by the place that is told now and then.
          for (const diff of early) apply(roll, diff);
          touch(roll.room);
        },
        () => {
          roll.early = undefined;
          clock.after(retryMs, () => {
            if (rolls.get(roll.room) === roll && roll.place === undefined) read(roll);
          });
        },
      );
  }

  function forgetMissingLater(roll: Open): void {
    if (roll.missing.size === 0) return;
    clock.after(store.leaseMs, () => {
      giveUpMissing(roll);
      touch(roll.room);
    });
  }

  function forget(roll: Open): void {
    rolls.delete(roll.room);
    link.unfollow(roll.room);
  }

  function open(room: string): Open {
    const made: Open = {
      ...createRoll(room),
      openedAt: clock.now(),
      early: undefined,
      telling: false,
      retryAt: 0,
      tellAt: 0,
    };
    rolls.set(room, made);
    read(made);
    return made;
  }

  function sit(roll: Open, { key, socketId, text }: Entering & { readonly key: string }): void {
    const seat = roll.seats.get(key);
    if (seat) {
      seat.stay?.();
      seat.stay = undefined;
      seat.sockets.add(socketId);
      return;
    }
    const known = roll.known.get(key) ?? text;
    roll.seats.set(key, { sockets: new Set([socketId]), text: known, changed: false, stay: undefined });
  }

  function stand(roll: Open, key: string, seat: Seat): void {
    if (roll.seats.get(key) !== seat || seat.sockets.size > 0) return;
    roll.seats.delete(key);
    touch(roll.room);
  }

  async function list(room: string): Promise<readonly string[]> {
    const roll = rolls.get(room);
    if (roll?.place !== undefined) return [...everyone(roll).values()];
    const stored = await link.read(room).catch(() => undefined);
    const users = new Map(stored?.users);
    if (roll) for (const [key, text] of everyone(roll)) users.set(key, text);
    return [...users.values()];
  }

  return {
    enter: (entering) => {
      const roll = rolls.get(entering.room) ?? open(entering.room);
      roll.sockets.set(entering.socketId, entering.key);
      if (entering.key !== undefined) sit(roll, { ...entering, key: entering.key });
      touch(entering.room);
    },
    leave: (room, socketId, meant) => {
      const roll = rolls.get(room);
      if (!roll?.sockets.has(socketId)) return;
      const key = roll.sockets.get(socketId);
      roll.sockets.delete(socketId);
      touch(room);
      const seat = key === undefined ? undefined : roll.seats.get(key);
      if (key === undefined || !seat?.sockets.delete(socketId) || seat.sockets.size > 0) return;
      // Another node may tell of a tab that was opened before one tick later.
      const waitMs = (meant ? 0 : graceMs) + 2 * tickMs;
      seat.stay = clock.after(waitMs, () => stand(roll, key, seat));
    },
    list,
    count: async (room) => {
      const roll = rolls.get(room);
      return roll?.place === undefined ? (await list(room)).length : totalOf(roll);
    },
    lookUp: (key) => {
      for (const { seats } of rolls.values()) {
        const seat = seats.get(key);
        if (seat) return seat.text;
      }
      return undefined;
    },
    update: async (key, edit) => {
      const rooms = new Set<string>();
      for (const roll of rolls.values()) {
        const seat = roll.seats.get(key);
        if (!seat) continue;
        seat.text = edit(seat.text);
        seat.changed = true;
        rooms.add(roll.room);
        touch(roll.room);
      }
      for (const { room, text } of await link.find(key).catch(found([]))) {
        if (rooms.has(room)) continue;
        rooms.add(room);
        const changes = new Map([[key, edit(text)]]);
        await link.hold(room, { joins: new Map(), leaves: [], changes }).catch(setup.onError);
      }
      return [...rooms];
    },
    touch,
    reachable: () => reachable,
    close: async () => {
      closed = true;
      cancelTick?.();
      for (const { seats } of rolls.values()) for (const { stay } of seats.values()) stay?.();
      rolls.clear();
      await link.retire(graceMs).catch(setup.onError);
    },
  };

  function found<T>(none: T): (error: unknown) => T {
    return (error) => {
      setup.onError(error);
      return none;
    };
  }
}
