import { errorOf, event } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

/** An error travels against its event. */
export const inbound = sample({
  errors: { FULL: errorOf() },
  serverToClient: { ask: event({ ack: z.string(), errors: ['FULL'] }) },
});
export const outbound = sample({
  errors: { FULL: errorOf() },
  clientToServer: { save: event({ ack: z.string(), errors: ['FULL'] }) },
});
