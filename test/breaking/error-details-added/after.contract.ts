import { errorOf } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const outbound = sample({ errors: { FULL: errorOf(z.object({ limit: z.int() })) } });
