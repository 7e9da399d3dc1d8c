import { defineContract, event, latest } from '@sockeye/contract';
import * as z from 'zod';

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  clientToServer: {},
  serverToClient: { online: event({ payload: z.object({ users: z.array(z.string()) }) }) },
  projections: { users: latest({ event: 'onlin', pick: 'users' }) }, // expect: TS2322
});
