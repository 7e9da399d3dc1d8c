import type { ErrorBody, RoomBase, RoomStatus } from '@sockeye/client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** A room that a component is in, and where that stands: a union by `phase`. */
export type RoomView<Room, Data = unknown, Error = ErrorBody> = RoomStatus<Data, Error> & {
  /** The room of the client; the same object for the same parameters. */
  readonly room: Room;
};

/** What a room's hook returns for a skip token. */
export interface SkippedRoom {
  readonly phase: 'idle';
  readonly room: undefined;
  readonly data?: undefined;
  readonly error?: undefined;
  readonly recovering?: undefined;
}

const skipped: SkippedRoom = { phase: 'idle', room: undefined };

/**
 * Holds a share in the room while the component is mounted. Subscribing is joining, so that whatever mounts a component
 * twice, or hides it for a moment, joins once: the client keeps a room for `lingerMs` after its last share.
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
