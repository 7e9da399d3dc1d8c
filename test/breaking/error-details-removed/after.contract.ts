import { errorOf } from '@sockeye/contract';
import { sample } from '../fixture.ts';

export const outbound = sample({ errors: { FULL: errorOf() } });
