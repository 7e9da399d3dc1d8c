import * as z from 'zod';
import { carry } from '../fixture.ts';

export const { inbound, outbound } = carry(
  z.object({ value: z.string().refine((text) => text !== 'x', { params: { id: 'not-x@1' } }) }),
);
