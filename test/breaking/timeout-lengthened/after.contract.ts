import { event } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({ clientToServer: { save: event({ ack: z.string(), timeout: '5s' }) } });
export const outbound = sample({ serverToClient: { saved: event({ ack: z.string(), timeout: '5s' }) } });
