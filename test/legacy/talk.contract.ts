import { defineContract, event, raw, room, zod3 } from '@sockeye/contract';
import * as z from 'zod';
import { Nick, RoomName, Said, Text, Who } from './schemas.ts';

const name = zod3(RoomName);
const nick = zod3(Nick);

/** The wire of `before.ts`, as it is: positional arguments, bare answers, schemas of Zod 3. */
export const talk = defineContract({
  name: 'talk',
  version: '1.0.0',
  summary: 'Talking in rooms, as an application does that was there before its contract.',
  rooms: { talk: room({ name: z.string() }) },
  clientToServer: {
    join: event({
      args: [name, nick],
      ack: raw([z.string().nullable(), zod3(Said.array())], { failure: () => ['bad room or nick'] }),
    }),
    say: event({
      args: [name, zod3(Text), zod3(Said.shape.tags)],
      ack: raw(z.union([zod3(Said.shape.id), z.literal(false)]), { failure: () => false }),
    }),
    typing: event({ args: [name] }),
    leave: event({ args: [name] }),
    whoami: event({ ack: raw(zod3(Who)) }),
  },
  serverToClient: {
    joined: event({ args: [nick, name], room: 'talk' }),
    left: event({ args: [nick, name], room: 'talk' }),
    said: event({ args: [name, zod3(Said)], room: 'talk' }),
    typing: event({ args: [nick, name], room: 'talk' }),
  },
});
