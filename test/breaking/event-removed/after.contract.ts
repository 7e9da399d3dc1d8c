import { sample } from '../fixture.ts';

export const inbound = sample({});
export const outbound = sample({});
