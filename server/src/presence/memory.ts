import { randomUUID } from 'node:crypto';
import { presenceClock, type PresenceClock } from './clock.ts';
import type { PresenceChanges, PresenceLink, PresenceListener, PresenceStore } from './store.ts';

interface Room {
  readonly epoch: string;
  seq: number;
  readonly users: Map<string, User>;
}

interface User {
  text: string;
  readonly nodes: Set<Node>;
}

interface Node {
  readonly rooms: Map<string, Room>;
  readonly listener: PresenceListener;
  readonly followed: Set<string>;
}

/** Presence within one process; the default. Servers that share one store see each other's users. */
export function memoryPresence(clock: PresenceClock = presenceClock): PresenceStore {
  const scopes = new Map<string, Map<string, Room>>();
  const nodes = new Set<Node>();

  function hold(node: Node, name: string, { joins, leaves, changes }: PresenceChanges): readonly string[] {
    const { rooms } = node;
    const room = rooms.get(name) ?? { epoch: randomUUID(), seq: 0, users: new Map<string, User>() };
    rooms.set(name, room);
    const diff = {
      joins: new Map<string, string>(),
      leaves: [] as string[],
      changes: new Map<string, string>(),
    };
    for (const [key, text] of joins) {
      const user = room.users.get(key);
      if (user) user.nodes.add(node);
      else {
        room.users.set(key, { text, nodes: new Set([node]) });
        diff.joins.set(key, text);
      }
    }
    for (const [key, text] of changes) {
      const user = room.users.get(key);
      if (!user || user.text === text) continue;
      user.text = text;
      diff.changes.set(key, text);
    }
    for (const key of leaves) {
      const user = room.users.get(key);
      if (!user?.nodes.delete(node) || user.nodes.size > 0) continue;
      room.users.delete(key);
      diff.leaves.push(key);
    }
    if (room.users.size === 0) rooms.delete(name);
    if (diff.joins.size + diff.changes.size + diff.leaves.length === 0) return [];
    room.seq += 1;
    const told = { ...diff, room: name, epoch: room.epoch, seq: room.seq };
    for (const each of nodes) if (each.rooms === rooms && each.followed.has(name)) each.listener.onDiff(told);
    return [...diff.joins.keys()];
  }

  function letGo(node: Node): void {
    nodes.delete(node);
    for (const [name, { users }] of [...node.rooms]) {
      const leaves = [...users].filter(([, user]) => user.nodes.has(node)).map(([key]) => key);
      if (leaves.length > 0) hold(node, name, { joins: new Map(), leaves, changes: new Map() });
    }
  }

  return {
    leaseMs: 0,
    open: (scope, listener): PresenceLink => {
      const rooms = scopes.get(scope) ?? new Map<string, Room>();
      scopes.set(scope, rooms);
      const node: Node = { rooms, listener, followed: new Set() };
      nodes.add(node);
      return {
        hold: async (room, changes) => hold(node, room, changes),
        follow: async (room) => void node.followed.add(room),
        unfollow: (room) => void node.followed.delete(room),
        read: async (name) => {
          const room = rooms.get(name);
          const users = [...(room?.users ?? [])].map(([key, { text }]) => [key, text] as const);
          return { epoch: room?.epoch ?? '', seq: room?.seq ?? 0, users: new Map(users) };
        },
        find: async (key) =>
          [...rooms].flatMap(([room, { users }]) => {
            const user = users.get(key);
            return user ? [{ room, text: user.text }] : [];
          }),
        retire: async (graceMs) => {
          node.followed.clear();
          clock.after(graceMs, () => letGo(node));
        },
      };
    },
  };
}
