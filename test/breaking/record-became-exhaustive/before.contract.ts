import * as z from 'zod';
import { carry } from '../fixture.ts';

export const { inbound, outbound } = carry(
  z.object({ value: z.partialRecord(z.enum(['a', 'b']), z.number()) }),
);
