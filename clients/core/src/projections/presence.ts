import { control, type PresenceFrame, type Validator } from '@sockeye/contract/wire';
import type { Store } from '../store.ts';
import { createFrameStore } from './frame-store.ts';
import type { ClientProjectionEntry, Fields } from './projection.ts';

/** Whose users are kept. */
export interface PresenceRule {
  readonly room: string;
  /** Field of a user that tells users apart. */
  readonly key: string;
  /** Checks a user. */
  readonly of: Validator;
  /** Event that clients which were not generated get: made here for who listens, out of what is known. */
  readonly list?: { readonly event: string; readonly field: string };
}

/** Who is in a room. */
export interface PresenceSnapshot<User> {
  /** In the order in which they came; a user who stays the same stays the same object. */
  readonly users: readonly User[];
  /** How many there are; more than are listed in a room that is too large to list them all. */
  readonly total: number;
  /** The list may be out of date: the connection is lost, or nobody has told yet who is there. */
  readonly stale: boolean;
}

/** Who is in a room, per user; the last list stays while the connection is lost, and is forgotten with the room. */
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
      /** Where the last frame stands; undefined until everyone was told. */
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

      /** Asks for everyone, once until somebody answers. */
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
