import { date, defineContract, event, presence, room } from '@sockeye/contract';
import * as z from 'zod';

export const office = defineContract({
  name: 'office',
  version: '1.0.0',
  identity: z.object({ id: z.string() }),
  rooms: { floor: room({ floor: z.int() }) },
  clientToServer: {
    'floor:enter': event({ payload: z.object({ floor: z.int() }), joins: 'floor' }),
  },
  serverToClient: {
    online: event({
      payload: z.object({ floor: z.int(), people: z.array(z.object({ id: z.string(), since: date() })) }),
      room: 'floor',
    }),
  },
  projections: {
    people: presence({
      summary: 'Who is on the floor.',
      room: 'floor',
      of: z.object({ id: z.string(), since: date() }),
      key: 'id',
      list: { online: 'people' },
    }),
    watchers: presence({ room: 'floor', of: z.object({ id: z.string() }), key: 'id' }),
  },
});
