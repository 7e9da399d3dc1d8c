import { control, type PresenceFrame, type Validator } from '@sockeye/contract/wire';
import type { Store } from '../store.ts';
import { createFrameStore } from './frame-store.ts';
import type { ClientProjectionEntry, Fields } from './projection.ts';

/** Rule of a `presence` projection. */
export interface PresenceRule {
  readonly room: string;
  /** Field of a user that identifies them. */
  readonly key: string;
  /** Checks a user. */
  readonly of: Validator;
  /** Event that plain clients receive. Here it is created for listeners, from the current list. */
  readonly list?: { readonly event: string; readonly field: string };
}

/** Who is in a room. */
export interface PresenceSnapshot<User> {
  /** In the order in which they arrived. An unchanged user remains the same object. */
  readonly users: readonly User[];
  /** Number of users; more than `users` has if the room is too large to list all. */
  readonly total: number;
  /** Whether the list may be out of date: disconnected, or not received yet. */
  readonly stale: boolean;
}

/** The users in a room. The last list is kept while disconnected, and cleared when the room is left. */
export type PresenceStore<User> = Store<PresenceSnapshot<User>>;

/** Who is in a room, for a generated table. */
export function presence({ room, key, of, list }: PresenceRule): ClientProjectionEntry {
  return {
    room,
    create: (host) => {
      const { runtime, owner, name, on } = host;
      const users = new Map<unknown, { readonly user: unknown; readonly wire: unknown }>();
      let total = 0;
      let stale = true;
      /** Position of the last frame; undefined until the full list has arrived. */
      let base: { readonly epoch: string; seq: number } | undefined;
      let isUp = false;
      let asked = false;
      const frames = createFrameStore<PresenceSnapshot<unknown>>(host, () => ({
        users: [...users.values()].map(({ user }) => user),
        total,
        stale,
      }));
      const { change } = frames;

      function put(wire: unknown): void {
        const user = runtime.boundary.decode(control.presence, of, wire);
        if (user.ok) users.set((user.data as Fields)[key], { user: user.data, wire });
      }

      /** Requests the full list, once until it is answered. */
      function ask(): void {
        base = undefined;
        if (asked || !isUp) return;
        asked = true;
        owner.tell?.(control.presence, { room: owner.name }, ({ ok }) => {
          if (!ok) asked = false;
        });
      }

      function receive(frame: PresenceFrame): void {
        if (frame.of !== name) return;
        if ('users' in frame) {
          users.clear();
          for (const user of frame.users) put(user);
          base = { epoch: frame.epoch, seq: frame.seq };
          asked = stale = false;
        } else if (base?.epoch === frame.epoch && frame.seq === base.seq + 1) {
          base.seq = frame.seq;
          for (const id of frame.leaves ?? []) users.delete(id);
          for (const user of [...(frame.joins ?? []), ...(frame.changes ?? [])]) put(user);
        } else {
          return ask();
        }
        total = frame.total;
        change();
        if (list) {
          const wires = [...users.values()].map(({ wire }) => wire);
          runtime.relay(list.event, { ...owner.params, [list.field]: wires });
        }
      }

      function age(): void {
        isUp = asked = false;
        base = undefined;
        if (stale) return;
        stale = true;
        change();
      }

      function clear(): void {
        age();
        if (!users.size && !total) return;
        users.clear();
        total = 0;
        change();
      }

      on(control.presence, (frame) => receive(frame as unknown as PresenceFrame));
      return {
        ...frames,
        up: () => {
          isUp = true;
        },
        down: age,
        clear,
      };
    },
  };
}
