import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({ identity: z.object({ id: z.number() }) });
