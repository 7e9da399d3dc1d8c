import { event } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({
  version: '1.9.0',
  clientToServer: { save: event({ payload: z.object({ id: z.string() }) }) },
});
