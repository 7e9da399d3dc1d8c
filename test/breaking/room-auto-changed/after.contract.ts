import { room } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({
  identity: z.object({ id: z.string(), team: z.string() }),
  rooms: { user: room({ userId: z.string() }, { auto: { userId: 'team' } }) },
});
