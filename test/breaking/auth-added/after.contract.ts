import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({ auth: z.object({ token: z.string() }) });
