import { event, raw } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

/** An acknowledgement travels against its event. */
export const inbound = sample({ serverToClient: { ask: event({ ack: raw(z.string()) }) } });
export const outbound = sample({ clientToServer: { save: event({ ack: raw(z.string()) }) } });
