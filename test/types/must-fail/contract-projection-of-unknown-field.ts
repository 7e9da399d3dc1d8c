import { collection, defineContract, event } from '@sockeye/contract';
import * as z from 'zod';

const Task = z.object({ id: z.string() });

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  clientToServer: {},
  serverToClient: { created: event({ payload: z.object({ task: Task }) }) },
  projections: { tasks: collection({ of: Task, key: 'id', upsert: { created: 'tsk' } }) }, // expect: TS2322
});
