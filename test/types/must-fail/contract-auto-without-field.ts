import { defineContract, room } from '@sockeye/contract';
import * as z from 'zod';

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  identity: z.object({ id: z.string() }),
  rooms: { user: room({ userId: z.string() }, { auto: { userId: 'uid' } }) }, // expect: TS2322
  clientToServer: {},
  serverToClient: {},
});
