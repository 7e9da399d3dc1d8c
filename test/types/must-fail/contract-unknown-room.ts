import { defineContract, event } from '@sockeye/contract';
import * as z from 'zod';

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  clientToServer: {
    'card:add': event({ payload: z.object({ boardId: z.string() }), within: 'bord' }), // expect: TS2322
  },
  serverToClient: {},
});
