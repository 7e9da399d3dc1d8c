import { defineContract, errorOf, event } from '@sockeye/contract';
import * as z from 'zod';

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  errors: { BOARD_FULL: errorOf(z.object({ limit: z.int() })) },
  clientToServer: {
    'card:add': event({ ack: z.string(), errors: ['BORD_FULL'] }), // expect: TS2322
  },
  serverToClient: {},
});
