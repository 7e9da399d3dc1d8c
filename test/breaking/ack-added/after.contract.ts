import { event } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

/** An acknowledgement travels against its event. */
export const inbound = sample({ serverToClient: { ask: event({ ack: z.object({ id: z.string() }) }) } });
export const outbound = sample({ clientToServer: { save: event({ ack: z.object({ id: z.string() }) }) } });
