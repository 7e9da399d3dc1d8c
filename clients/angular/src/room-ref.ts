import { computed, effect, untracked, type Signal } from '@angular/core';
import type { ErrorBody, RoomBase, RoomStatus } from '@sockeye/client';
import type { ClientSite } from './site.ts';
import type { SkipToken } from './skip-token.ts';
import { storeSignal } from './store-signal.ts';

/** A value, or a function such as a signal that is read wherever it may have changed. */
export type Reactive<Value> = Value | (() => Value);

/** A room that is joined, and where that stands: a union by `phase`. */
export type RoomState<Room, Data = unknown, Error = ErrorBody> = RoomStatus<Data, Error> & {
  /** The room of the client; the same object for the same parameters. */
  readonly room: Room;
};

/** The state of a room that is skipped. */
export interface SkippedRoom {
  readonly phase: 'idle';
  readonly room: undefined;
  readonly data?: undefined;
  readonly error?: undefined;
  readonly recovering?: undefined;
}

/** A room as signals: the whole state, which narrows by `phase`, and its parts. */
export interface RoomRef<State extends RoomState<unknown> | SkippedRoom> {
  readonly state: Signal<State>;
  readonly room: Signal<State['room']>;
  readonly phase: Signal<State['phase']>;
  /** What the server answered to the latest join. */
  readonly data: Signal<State['data']>;
  readonly error: Signal<State['error']>;
}

/** A room as functions take it that need one: what its own function returned, or a signal of that such as an input. */
export type GivenRoom<Room> = Reactive<{ readonly room: () => Room | undefined }>;

/** The room that is meant now; read as a signal is. */
export function roomIn<Room>(given: GivenRoom<Room>): Room | undefined {
  return (typeof given === 'function' ? given() : given).room();
}

const skipped: SkippedRoom = { phase: 'idle', room: undefined };

/**
 * Holds a share in a room until its site ends, and follows its parameters: leaves the old room, joins the new one. The
 * client keeps a room for `lingerMs` after its last share, so that a change of route joins nothing twice.
 *
 * @param name The client's method that gives the room.
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
    // Before the state is watched, so that `joining` is what the first look sees.
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
