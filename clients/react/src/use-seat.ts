import type { ErrorBody, RoomBase, RoomStatus } from '@sockeye/client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** A room and its state: a union by `phase`. */
export type RoomView<Room, Data = unknown, Error = ErrorBody> = RoomStatus<Data, Error> & {
  /** The client's room. Equal parameters return the same object. */
  readonly room: Room;
};

/** Returned by a room's hook for `skipToken`. */
export interface SkippedRoom {
  readonly phase: 'idle';
  readonly room: undefined;
  readonly data?: undefined;
  readonly error?: undefined;
  readonly recovering?: undefined;
}

const skipped: SkippedRoom = { phase: 'idle', room: undefined };

/**
 * Holds a lease of the room while the component is mounted. Subscribing joins: a component that is mounted twice, or
 * hidden briefly, joins once, because the client keeps a room for `lingerMs` after its last lease.
 */
export function useSeat<Room extends RoomBase>(room: Room | undefined): RoomView<Room> | SkippedRoom {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!room) return () => undefined;
      const stop = room.status.subscribe(listener);
      const share = room.join();
      return () => {
        share.release();
        stop();
      };
    },
    [room],
  );
  const status = useSyncExternalStore(
    subscribe,
    () => room?.status.getSnapshot(),
    () => room?.status.getServerSnapshot(),
  );
  return useMemo(() => (room && status ? { ...status, room } : skipped), [room, status]);
}
