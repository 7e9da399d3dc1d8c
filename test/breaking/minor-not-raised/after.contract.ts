import { event } from '@sockeye/contract';
import { sample } from '../fixture.ts';

export const inbound = sample({ version: '1.0.9', clientToServer: { save: event({}) } });
