import { sample } from '../fixture.ts';

export const inbound = sample({ name: 'sample' });
