import type { CollabServerToClient } from './generated/collab.server.gen.ts';

/** A user who is in a workspace, as the contract tells it. */
export type Present = CollabServerToClient['online_users']['users'][number];

/** Tells who is where: per user, however many tabs are open. */
export interface Presence {
  /** Notes a new connection; nothing else is accepted of a connection that was not noted. */
  connect(socketId: string, user: { readonly id: string; readonly name: string }): void;
  /** Brings a connection into a workspace; returns everyone who is there then, by name. */
  join(socketId: string, workspaceId: string): readonly Present[];
  /** Takes a connection out of a workspace; a user without another one there is gone at once. */
  leave(socketId: string, workspaceId: string): void;
  /** Forgets a connection. Its user is gone after the grace, or at once where the leave was meant. */
  disconnect(socketId: string, meant: boolean): void;
  /** Sets a user's presence; returns the workspaces where others can see it. */
  set(userId: string, presence: Present['presence']): readonly string[];
  /** Everyone in a workspace, by name. */
  users(workspaceId: string): readonly Present[];
  /** Forgets everyone and stops every timer. */
  stop(): void;
}

/** Options of {@link createPresence}. */
export interface PresenceOptions {
  /** Called once a tick at most for each workspace whose users have changed. */
  readonly publish: (workspaceId: string, users: readonly Present[]) => void;
  /** How long a user without connections still counts as present, in ms: long enough to reload. Default: 5,000. */
  readonly graceMs?: number | undefined;
  /** Changes within this time are told together, in ms. Default: 50. */
  readonly tickMs?: number | undefined;
  /** Default: the real time. */
  readonly now?: () => Date;
}

/** Someone who is connected, or was until a grace ago. */
interface Person {
  readonly user: { readonly id: string; readonly name: string };
  presence: Present['presence'];
  sockets: number;
  readonly seats: Map<string, Seat>;
}

/** A person's place in one workspace. */
interface Seat {
  readonly since: Date;
  readonly tabs: Set<string>;
  leaving?: ReturnType<typeof setTimeout>;
}

/** Makes {@link Presence} for one process. */
export function createPresence(options: PresenceOptions): Presence {
  const { publish, graceMs = 5_000, tickMs = 50, now = () => new Date() } = options;
  const people = new Map<string, Person>();
  const workspaces = new Map<string, Set<Person>>();
  const sockets = new Map<string, { readonly person: Person; readonly workspaceIds: Set<string> }>();
  const changed = new Set<string>();
  let tick: ReturnType<typeof setTimeout> | undefined;

  const usersOf = (workspaceId: string): Present[] =>
    [...(workspaces.get(workspaceId) ?? [])]
      .map(({ user, presence, seats }) => ({
        ...user,
        presence,
        since: seats.get(workspaceId)?.since ?? now(),
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));

  const tell = (workspaceId: string): void => {
    changed.add(workspaceId);
    tick ??= setTimeout(() => {
      tick = undefined;
      const due = [...changed];
      changed.clear();
      for (const id of due) publish(id, usersOf(id));
    }, tickMs);
  };

  const sit = (person: Person, workspaceId: string, socketId: string): void => {
    const seat = person.seats.get(workspaceId);
    clearTimeout(seat?.leaving);
    if (seat) return void seat.tabs.add(socketId);
    person.seats.set(workspaceId, { since: now(), tabs: new Set([socketId]) });
    workspaces.set(workspaceId, (workspaces.get(workspaceId) ?? new Set()).add(person));
    tell(workspaceId);
  };

  const stand = (person: Person, workspaceId: string): void => {
    const others = workspaces.get(workspaceId);
    others?.delete(person);
    if (others?.size === 0) workspaces.delete(workspaceId);
    person.seats.delete(workspaceId);
    forgetIfGone(person);
    tell(workspaceId);
  };

  const forgetIfGone = (person: Person): void => {
    if (person.sockets === 0 && person.seats.size === 0) people.delete(person.user.id);
  };

  const closeTab = (
    person: Person,
    workspaceId: string,
    closing: { socketId: string; waitMs: number },
  ): void => {
    const seat = person.seats.get(workspaceId);
    if (!seat?.tabs.delete(closing.socketId) || seat.tabs.size > 0) return;
    if (closing.waitMs === 0) stand(person, workspaceId);
    else seat.leaving = setTimeout(() => stand(person, workspaceId), closing.waitMs);
  };

  return {
    connect: (socketId, { id, name }) => {
      const person = people.get(id) ?? {
        user: { id, name },
        presence: 'online',
        sockets: 0,
        seats: new Map(),
      };
      person.sockets += 1;
      people.set(id, person);
      sockets.set(socketId, { person, workspaceIds: new Set() });
    },
    join: (socketId, workspaceId) => {
      const socket = sockets.get(socketId);
      socket?.workspaceIds.add(workspaceId);
      if (socket) sit(socket.person, workspaceId, socketId);
      return usersOf(workspaceId);
    },
    leave: (socketId, workspaceId) => {
      const socket = sockets.get(socketId);
      if (socket?.workspaceIds.delete(workspaceId))
        closeTab(socket.person, workspaceId, { socketId, waitMs: 0 });
    },
    disconnect: (socketId, meant) => {
      const socket = sockets.get(socketId);
      if (!socket) return;
      sockets.delete(socketId);
      socket.person.sockets -= 1;
      const closing = { socketId, waitMs: meant ? 0 : graceMs };
      for (const workspaceId of socket.workspaceIds) closeTab(socket.person, workspaceId, closing);
      forgetIfGone(socket.person);
    },
    set: (userId, presence) => {
      const person = people.get(userId);
      if (!person) return [];
      person.presence = presence;
      for (const workspaceId of person.seats.keys()) tell(workspaceId);
      return [...person.seats.keys()];
    },
    users: usersOf,
    stop: () => {
      clearTimeout(tick);
      for (const { seats } of people.values())
        for (const { leaving } of seats.values()) clearTimeout(leaving);
      for (const map of [people, workspaces, sockets, changed]) map.clear();
    },
  };
}
