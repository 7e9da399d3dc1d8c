import { event } from '@sockeye/contract';
import { sample } from '../fixture.ts';

export const inbound = sample({ clientToServer: { save: event({ deprecated: 'Use store.' }) } });
export const outbound = sample({ serverToClient: { saved: event({ deprecated: 'Use store.' }) } });
