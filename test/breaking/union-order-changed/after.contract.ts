import * as z from 'zod';
import { carry } from '../fixture.ts';

export const { inbound, outbound } = carry(
  z.object({
    value: z.union([
      z.object({ id: z.string(), b: z.string().optional() }),
      z.object({ id: z.string(), a: z.string().optional() }),
    ]),
  }),
);
