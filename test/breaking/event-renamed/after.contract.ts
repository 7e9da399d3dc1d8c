import { event } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({
  clientToServer: { store: event({ payload: z.object({ id: z.string() }) }) },
});
export const outbound = sample({
  serverToClient: { stored: event({ payload: z.object({ id: z.string() }) }) },
});
