import { event } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({
  clientToServer: { save: event({ payload: z.object({ text: z.string() }), ack: z.object({}) }) },
});
