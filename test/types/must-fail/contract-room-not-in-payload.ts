import { defineContract, event, room } from '@sockeye/contract';
import * as z from 'zod';

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  rooms: { board: room({ boardId: z.string() }) },
  clientToServer: {
    'board:join': event({ payload: z.object({ id: z.string() }), joins: 'board' }), // expect: TS2322
  },
  serverToClient: {},
});
