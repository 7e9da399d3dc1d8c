import type { Namespace } from 'socket.io';

/** What is told of rooms, with the room's name and the connection's id. */
export interface RoomWatcher {
  readonly entered: (room: string, socketId: string) => void;
  readonly left: (room: string, socketId: string) => void;
}

/**
 * Watches who enters and leaves the rooms of a namespace, on this node. An adapter that is set later is watched from
 * the first handshake on that it serves.
 */
export function watchRooms(namespace: Namespace, { entered, left }: RoomWatcher): void {
  let watched: object | undefined;
  const watch = (): void => {
    if (watched === namespace.adapter) return;
    watched = namespace.adapter;
    namespace.adapter.on('join-room', entered);
    namespace.adapter.on('leave-room', left);
  };
  watch();
  namespace.use((_socket, next) => {
    watch();
    next();
  });
}
