import * as z from 'zod';
import { carry } from '../fixture.ts';

export const { inbound, outbound } = carry(
  z.object({
    value: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('circle'), radius: z.number() }),
      z.object({ kind: z.literal('square'), side: z.number() }),
    ]),
  }),
);
