import { computed, effect, untracked, type Signal } from '@angular/core';
import type { ErrorBody, RoomBase, RoomStatus } from '@sockeye/client';
import type { ClientSite } from './site.ts';
import type { SkipToken } from './skip-token.ts';
import { storeSignal } from './store-signal.ts';

/** A value, or a function such as a signal, which is tracked. */
export type Reactive<Value> = Value | (() => Value);

/** A room and its state: a union by `phase`. */
export type RoomState<Room, Data = unknown, Error = ErrorBody> = RoomStatus<Data, Error> & {
  /** The client's room. Equal parameters return the same object. */
  readonly room: Room;
};

/** The state of a skipped room. */
export interface SkippedRoom {
  readonly phase: 'idle';
  readonly room: undefined;
  readonly data?: undefined;
  readonly error?: undefined;
  readonly recovering?: undefined;
}

/** A room as signals: the whole state, a union by `phase`, and its parts. */
export interface RoomRef<State extends RoomState<unknown> | SkippedRoom> {
  readonly state: Signal<State>;
  readonly room: Signal<State['room']>;
  readonly phase: Signal<State['phase']>;
  /** The server's answer to the latest join. */
  readonly data: Signal<State['data']>;
  readonly error: Signal<State['error']>;
}

/** The value returned by a room's function, or a signal of it, such as an input. */
export type GivenRoom<Room> = Reactive<{ readonly room: () => Room | undefined }>;

/** The current room. Tracked like a signal. */
export function roomIn<Room>(given: GivenRoom<Room>): Room | undefined {
  return (typeof given === 'function' ? given() : given).room();
}

const skipped: SkippedRoom = { phase: 'idle', room: undefined };

/**
 * Holds a lease of a room until its site is destroyed. When the parameters change, leaves the old room and joins the
 * new one. The client keeps a room for `lingerMs` after its last lease, so that a change of route does not rejoin it.
 *
 * @param name The client's method that returns the room.
 */
export function roomRef<State extends RoomState<unknown> | SkippedRoom>(
  site: ClientSite<object>,
  name: string,
  params: Reactive<object | SkipToken>,
): RoomRef<State> {
  const rooms = site.client as Readonly<Record<string, (params: object) => RoomBase>>;
  const room = computed(() => {
    const given = typeof params === 'function' ? (params as () => object | SkipToken)() : params;
    return typeof given === 'symbol' ? undefined : untracked(() => rooms[name]!(given));
  });
  if (site.live) {
    // Before the state is read, so that the first value is `joining`.
    effect(
      (onCleanup) => {
        const wanted = room();
        if (!wanted) return;
        const share = untracked(() => site.outside(() => wanted.join()));
        onCleanup(() => site.outside(() => share.release()));
      },
      { injector: site.injector },
    );
  }
  const status = storeSignal(site, () => room()?.status);
  const state = computed(() => {
    const [at, now] = [room(), status()];
    return (at && now ? { ...now, room: at } : skipped) as State;
  });
  return {
    state,
    room: room,
    phase: computed(() => state().phase),
    data: computed(() => state().data),
    error: computed(() => state().error),
  };
}
