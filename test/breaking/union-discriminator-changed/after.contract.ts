import * as z from 'zod';
import { carry } from '../fixture.ts';

export const { inbound, outbound } = carry(
  z.object({
    value: z.discriminatedUnion('type', [
      z.object({ type: z.literal('circle'), radius: z.number() }),
      z.object({ type: z.literal('square'), side: z.number() }),
    ]),
  }),
);
