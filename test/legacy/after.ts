import { roomName } from '@sockeye/contract/wire';
import type { Server } from 'socket.io';
import { createTalkServer, type TalkHandlers, type TalkServer } from './generated/talk.server.gen.ts';
import type { SaidEvent } from './generated/talk.types.gen.ts';

/** The server of `before.ts`, on its contract: the same wire, and nothing unchecked comes in or goes out. */
export function serveAfter(io: Server): TalkServer {
  return createTalkServer(io, { handlers: handlers(), unknownEvents: 'ignore' });
}

type Said = SaidEvent[1];

function handlers(): TalkHandlers {
  const history = new Map<string, Said[]>();
  const nicks = new Map<string, string>();
  let lastId = 0;
  const nickOf = (socketId: string) => nicks.get(socketId) ?? 'nobody';

  return {
    join: async ([name, nick], ctx) => {
      nicks.set(ctx.rawSocket.id, nick);
      await ctx.rawSocket.join(talkRoom(name));
      ctx.talk({ name }).exceptSender().emit('joined', [nick, name]);
      return [null, history.get(name) ?? []];
    },
    say: ([name, text, tags], ctx) => {
      const said: Said = { id: ++lastId, nick: nickOf(ctx.rawSocket.id), text, tags };
      history.set(name, [...(history.get(name) ?? []), said]);
      ctx.talk({ name }).emit('said', [name, said]);
      return said.id;
    },
    typing: ([name], ctx) => {
      ctx
        .talk({ name })
        .exceptSender()
        .emit('typing', [nickOf(ctx.rawSocket.id), name]);
    },
    leave: async ([name], ctx) => {
      await ctx.rawSocket.leave(talkRoom(name));
      ctx
        .talk({ name })
        .exceptSender()
        .emit('left', [nickOf(ctx.rawSocket.id), name]);
    },
    whoami: (_, ctx) => ({
      nick: nicks.get(ctx.rawSocket.id) ?? null,
      rooms: [...ctx.rawSocket.rooms].filter((room) => room.startsWith('talk:')).map((room) => room.slice(5)),
    }),
  };
}

function talkRoom(name: string): string {
  return roomName('talk', ['name'], { name });
}
