import * as z from 'zod';
import { carry } from '../fixture.ts';

export const { inbound, outbound } = carry(z.object({ text: z.string() }));
