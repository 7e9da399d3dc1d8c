import { roomName, type RoomParams } from '@sockeye/contract/wire';
import type { RoomGate } from './calls.ts';
import { createRoom, type Room, type RoomParts } from './room.ts';

/** All rooms of one client. */
export interface Rooms extends RoomGate {
  /** The room with these parameters; the same object while it is referenced or in use. */
  readonly open: (room: string, params: object) => Room;
  readonly find: (name: string) => Room | undefined;
  /** Connected: joins wanted rooms. */
  readonly up: () => void;
  readonly down: () => void;
  /** Events were dropped: rooms must reload their state. */
  readonly reload: () => void;
  readonly close: () => void;
}

/** Keeps joinable rooms, for a generated client. */
export function rooms(parts: RoomParts): Rooms {
  const { table } = parts.runtime;
  /** Weak, so that rooms that were never joined can be garbage-collected. */
  const known = new Map<string, WeakRef<Room>>();
  const used = new Set<Room>();
  /** Rooms whose first join after a connect is not answered yet. */
  const returning = new Set<Room>();
  let sweepAt = 32;
  let closed = false;

  function find(name: string): Room | undefined {
    return known.get(name)?.deref();
  }

  function make(kind: string, name: string, params: object): Room {
    const room: Room = createRoom({
      ...parts,
      kind,
      name,
      params,
      inUse: (yes) => (yes ? used.add(room) : used.delete(room)),
      settled: () => {
        returning.delete(room);
        parts.calls.flush();
      },
    });
    known.set(name, new WeakRef(room));
    if (closed) room.close();
    if (known.size > sweepAt) {
      for (const [old, ref] of known) if (!ref.deref()) known.delete(old);
      sweepAt = known.size * 2;
    }
    return room;
  }

  return {
    open: (kind, params) => {
      const name = roomName(kind, table.rooms[kind]!.params, params as RoomParams);
      return find(name) ?? make(kind, name, params);
    },
    find,
    busy: (name) => (name === undefined ? returning.size > 0 : !!find(name)?.entering()),
    joined: (name) => !!find(name)?.joined(),
    up: () => {
      const wanted = [...used].filter((room) => room.wanted());
      for (const room of wanted) returning.add(room);
      for (const room of wanted) room.up();
    },
    reload: () => {
      for (const room of used) if (room.joined()) room.reload();
    },
    down: () => {
      returning.clear();
      for (const room of [...used]) room.down();
    },
    close: () => {
      closed = true;
      returning.clear();
      for (const room of [...used]) room.close();
    },
  };
}
