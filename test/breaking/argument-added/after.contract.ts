import { event } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({ clientToServer: { save: event({ args: [z.string(), z.number()] }) } });
export const outbound = sample({ serverToClient: { saved: event({ args: [z.string(), z.number()] }) } });
