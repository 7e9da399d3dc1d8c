import { defineContract, event } from '@sockeye/contract';
import * as z from 'zod';

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  clientToServer: {
    // expect: TS2322 Unknown room "bord"
    'card:add': event({ payload: z.object({ boardId: z.string() }), within: 'bord' }),
  },
  serverToClient: {},
});
