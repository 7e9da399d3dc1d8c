import { event } from '@sockeye/contract';
import { sample } from '../fixture.ts';

export const inbound = sample({ clientToServer: { save: event({ limit: { rate: 2, per: '1s' } }) } });
