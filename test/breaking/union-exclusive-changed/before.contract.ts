import * as z from 'zod';
import { carry } from '../fixture.ts';

export const { inbound, outbound } = carry(
  z.object({ value: z.union([z.string().max(9), z.string().min(3)]) }),
);
