import { sample } from '../fixture.ts';

export const outbound = sample({});
