import { event } from '@sockeye/contract';
import { sample } from '../fixture.ts';

export const inbound = sample({ clientToServer: { save: event({}) } });
export const outbound = sample({ serverToClient: { saved: event({}) } });
