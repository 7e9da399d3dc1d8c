import {
  control,
  errorBody,
  failure,
  INVALID,
  roomName,
  success,
  type PresenceEntry,
  type PresenceFrame,
  type PresenceHead,
} from '@sockeye/contract/wire';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'socket.io';
import { isLagging } from '../backpressure.ts';
import { encodeOutgoing } from '../outgoing.ts';
import { logError, logWarning } from '../report.ts';
import { sessionOf, type Runtime } from '../runtime.ts';
import { watchRooms } from '../watch-rooms.ts';
import { createPresenceNode, type PresenceNode } from './node.ts';
import { paramsOfRoom } from './room.ts';
import type { Roll } from './roll.ts';
import type { PresenceTarget } from './target.ts';

/** The presence of one contract on one node. */
export interface Presences {
  /** By the name of the projection: the `presence` of generated servers and contexts. */
  readonly targets: Readonly<Record<string, PresenceTarget<object, object, string | number>>>;
  /** Whether all stores are reachable. */
  readonly reachable: () => boolean;
  readonly close: () => Promise<void>;
}

/** Socket.IO's reason for a client that disconnected intentionally. */
const meantReason = 'client namespace disconnect';

/** Maintains the presence of a contract, based on the rooms that its sockets are in. */
export function servePresence(runtime: Runtime): Presences {
  const served = Object.entries(runtime.table.presence ?? {}).map(([name, entry]) =>
    serveOne(runtime, name, entry),
  );
  if (served.length > 0) {
    runtime.namespace.on('connection', (socket) => {
      socket.on(control.presence, (asked: unknown, ack: unknown) => {
        const room = (asked as { room?: unknown } | null)?.room;
        const mayKnow = typeof room === 'string' && served.filter(({ ask }) => ask(socket, room)).length > 0;
        if (typeof ack !== 'function') return;
        (ack as (answer: unknown) => void)(mayKnow ? success({}) : failure(errorBody('NOT_IN_ROOM')));
      });
    });
  }
  return {
    targets: Object.fromEntries(served.map(({ name, target }) => [name, target])),
    reachable: () => served.every(({ node }) => node.reachable()),
    close: async () => {
      await Promise.all(served.map(({ node }) => node.close()));
    },
  };
}

interface Served {
  readonly name: string;
  readonly node: PresenceNode;
  readonly target: PresenceTarget<object, object, string | number>;
  /** Sends a connection the full list at the next tick; false if it is not in the room. */
  readonly ask: (socket: Socket, room: string) => boolean;
}

function serveOne(runtime: Runtime, name: string, entry: PresenceEntry): Served {
  const { namespace, options } = runtime;
  const { store, clock, graceMs, tickMs, listMs, limit } = options.presence;
  const room = runtime.table.rooms[entry.room]!;
  const epoch = randomUUID().slice(0, 8);
  const keyOf = (user: unknown) => (user as Record<string, string | number>)[entry.key]!;
  /** Connections that need the full list, by room. */
  const behind = new Map<string, Set<string>>();
  /** Connections of clients that were not generated, by room, and when the last list was sent. */
  const plain = new Map<string, { readonly ids: Set<string>; toldAt: number; untold: boolean }>();
  const greeters = new Set<(params: object, users: readonly object[]) => void>();
  /** How the connections of this tick end. */
  const endings = new WeakMap<Socket, string>();

  const node = createPresenceNode({
    store,
    scope: `${runtime.table.contract.contract}/${name}`,
    clock,
    graceMs,
    tickMs,
    rule: { limit, keyOf },
    publish,
    onArrival: (roomId, texts) => {
      const params = paramsOfRoom(roomId, entry.room, room);
      for (const greet of params ? greeters : []) {
        try {
          greet(params!, texts.flatMap(decoded));
        } catch (error) {
          logError(options, { presence: name, err: error }, 'a listener of onArrival failed');
        }
      }
    },
    onReach: (isUp) =>
      logWarning(
        options,
        { presence: name },
        isUp ? 'the presence store is reachable again' : 'the presence store is unreachable',
      ),
    onError: (error) => logWarning(options, { presence: name, err: error }, 'presence could not be stored'),
  });

  function publish(
    roll: Roll,
    change: Parameters<Parameters<typeof createPresenceNode>[0]['publish']>[1],
  ): boolean {
    const later = tellGenerated(roll, change);
    return tellPlain(roll, change !== undefined) || later;
  }

  /** Sends the changes to clients that know the previous state, and the full list to others. */
  function tellGenerated(roll: Roll, change: object | undefined): boolean {
    const waiting = behind.get(roll.room) ?? new Set<string>();
    for (const id of roll.sockets.keys()) {
      const socket = namespace.sockets.get(id);
      if (socket && isLagging(socket)) waiting.add(id);
    }
    const others = plain.get(roll.room)?.ids ?? new Set<string>();
    const head: PresenceHead = { room: roll.room, of: name, epoch, seq: roll.seq, total: roll.total };
    if (change && roll.sockets.size > waiting.size + others.size) {
      const frame = { ...head, ...change } as PresenceFrame;
      namespace.local
        .to(roll.room)
        .except([...waiting, ...others])
        .emit(control.presence, frame);
    }
    const due = [...waiting].filter((id) => {
      const socket = namespace.sockets.get(id);
      return socket !== undefined && !isLagging(socket);
    });
    if (due.length > 0) {
      const users = [...roll.shown.values()].map(({ user }) => user);
      namespace.local.to(due).emit(control.presence, { ...head, users } satisfies PresenceFrame);
    }
    for (const id of due) waiting.delete(id);
    for (const id of waiting) if (!roll.sockets.has(id)) waiting.delete(id);
    if (waiting.size === 0) behind.delete(roll.room);
    else behind.set(roll.room, waiting);
    return waiting.size > 0;
  }

  function tellPlain(roll: Roll, changed: boolean): boolean {
    const told = plain.get(roll.room);
    const entryOfList = entry.list && runtime.outgoing.get(entry.list.event);
    if (!told || !entry.list || !entryOfList) return false;
    told.untold ||= changed;
    if (!told.untold) return false;
    if (clock.now() - told.toldAt < listMs) return true;
    told.untold = false;
    told.toldAt = clock.now();
    const users = [...roll.shown.values()].map(({ user }) => user);
    const payload = { ...paramsOfRoom(roll.room, entry.room, room), [entry.list.field]: users };
    namespace.local.to([...told.ids]).emit(entry.list.event, payload);
    return false;
  }

  function enter(roomId: string, socketId: string): void {
    const socket = namespace.sockets.get(socketId);
    const session = socket && sessionOf(runtime, socket);
    const params = session && paramsOfRoom(roomId, entry.room, room);
    if (!session || !params) return;
    const isPlain = session.client.stamp === undefined;
    const told = plain.get(roomId) ?? { ids: new Set<string>(), toldAt: -Infinity, untold: true };
    if (isPlain) plain.set(roomId, told);
    if (isPlain) told.ids.add(socketId);
    else behind.set(roomId, (behind.get(roomId) ?? new Set<string>()).add(socketId));
    node.enter({ room: roomId, socketId, ...seen(session.identity, params) });
  }

  /** What others see of a user; nothing if the application's function fails. */
  function seen(
    identity: unknown,
    params: object,
  ): { readonly key: string | undefined; readonly text: string } {
    try {
      const about = { params, known: undefined as unknown };
      const tell = options.presentUsers[name]!;
      let user = encodeOutgoing(entry.of, tell(identity, about), `presence "${name}"`);
      const known = node.lookUp(String(keyOf(user)));
      if (known !== undefined) {
        about.known = entry.of.decode(JSON.parse(known));
        user = encodeOutgoing(entry.of, tell(identity, about), `presence "${name}"`);
      }
      return { key: String(keyOf(user)), text: JSON.stringify(user) };
    } catch (error) {
      logError(options, { presence: name, err: error }, 'a user could not be determined for presence');
      return { key: undefined, text: '' };
    }
  }

  function decoded(text: string): object[] {
    const user = entry.of.decode(JSON.parse(text));
    return user === INVALID ? [] : [user as object];
  }

  const nameOf = (params: object): string =>
    roomName(entry.room, room.params, params as Record<string, unknown>);

  function leave(roomId: string, socketId: string): void {
    if (!roomId.startsWith(`${entry.room}:`)) return;
    const socket = namespace.sockets.get(socketId);
    const ending = socket && endings.get(socket);
    behind.get(roomId)?.delete(socketId);
    const others = plain.get(roomId);
    if (others?.ids.delete(socketId) && others.ids.size === 0) plain.delete(roomId);
    node.leave(roomId, socketId, ending === undefined || ending === meantReason);
  }

  watchRooms(namespace, { entered: enter, left: leave });
  namespace.on('connection', (socket) => {
    socket.on('disconnecting', (reason) => void endings.set(socket, reason));
  });

  return {
    name,
    node,
    ask: (socket, roomId) => {
      const mayKnow = roomId.startsWith(`${entry.room}:`) && socket.rooms.has(roomId);
      if (!mayKnow || sessionOf(runtime, socket)?.client.stamp === undefined) return mayKnow;
      behind.set(roomId, (behind.get(roomId) ?? new Set<string>()).add(socket.id));
      node.touch(roomId);
      return true;
    },
    target: {
      list: async (params) => (await node.list(nameOf(params))).flatMap(decoded),
      count: (params) => node.count(nameOf(params)),
      onArrival: (run) => {
        greeters.add(run);
        return () => greeters.delete(run);
      },
      update: async (key, changes) => {
        const rooms = await node.update(String(key), (text) => {
          const [user] = decoded(text);
          return JSON.stringify(encodeOutgoing(entry.of, { ...user, ...changes }, `presence "${name}"`));
        });
        return rooms.flatMap((roomId) => {
          const params = paramsOfRoom(roomId, entry.room, room);
          return params === undefined ? [] : [params];
        });
      },
    },
  };
}
