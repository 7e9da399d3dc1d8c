import { date, defineContract, errorOf, event, raw, room } from '@sockeye/contract';
import * as z from 'zod';

const BoardId = z.string().brand<'BoardId'>();

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  identity: z.object({ id: z.string() }),
  rooms: {
    board: room({ boardId: BoardId, shard: z.int() }),
    user: room({ userId: z.string() }, { auto: { userId: 'id' } }),
  },
  errors: { BOARD_FULL: errorOf() },
  clientToServer: {
    'board:join': event({
      payload: z.object({ boardId: BoardId, shard: z.int(), at: date() }),
      joins: 'board',
    }),
    'card:add': event({
      payload: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), text: z.string() }),
        z.object({ kind: z.literal('b'), url: z.url() }),
      ]),
      ack: z.string(),
      errors: ['BOARD_FULL', 'CONFLICT'],
    }),
    legacy: event({ args: [z.string(), z.number()], ack: raw([z.string().nullable(), z.number()]) }),
  },
  serverToClient: {
    'card:added': event({ payload: z.object({ text: z.string() }), room: 'board', delivery: 'volatile' }),
  },
});
