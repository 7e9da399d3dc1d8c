import { event } from '@sockeye/contract';
import { sample } from '../fixture.ts';

/** An acknowledgement travels against its event. */
export const inbound = sample({ serverToClient: { ask: event({}) } });
export const outbound = sample({ clientToServer: { save: event({}) } });
