import { event, feed } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const outbound = sample({
  serverToClient: { told: event({ payload: z.object({ id: z.string() }) }) },
  projections: { news: feed({ event: 'told', key: 'id', limit: 20 }) },
});
