import type { Server } from 'socket.io';
import type * as z from 'zod/v3';
import { Nick, RoomName, Text, type Said } from './schemas.ts';

/**
 * A chat server as it is usually written: positional arguments, each answer of another shape, rooms as texts. It is what
 * the contract beside it describes.
 */
export function serveBefore(io: Server): void {
  const history = new Map<string, z.infer<typeof Said>[]>();
  let lastId = 0;

  io.on('connection', (socket) => {
    let nick: string | null = null;

    socket.on('join', (room, name, done) => {
      if (!RoomName.safeParse(room).success || !Nick.safeParse(name).success)
        return done?.('bad room or nick');
      nick = name;
      void socket.join(room);
      socket.to(room).emit('joined', name, room);
      done?.(null, history.get(room) ?? []);
    });

    socket.on('say', (room, text, tags, done) => {
      if (!Text.safeParse(text).success) return done?.(false);
      const said = { id: ++lastId, nick: nick ?? 'nobody', text, tags };
      history.set(room, [...(history.get(room) ?? []), said]);
      io.to(room).emit('said', room, said);
      done?.(said.id);
    });

    socket.on('typing', (room) => {
      socket.to(room).emit('typing', nick ?? 'nobody', room);
    });

    socket.on('leave', (room) => {
      void socket.leave(room);
      socket.to(room).emit('left', nick ?? 'nobody', room);
    });

    socket.on('whoami', (done) => {
      done?.({ nick, rooms: [...socket.rooms].filter((room) => room !== socket.id) });
    });
  });
}
