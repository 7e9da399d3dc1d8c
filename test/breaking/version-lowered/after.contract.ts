import { sample } from '../fixture.ts';

export const inbound = sample({ version: '1.1.0' });
