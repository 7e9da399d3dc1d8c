import { event } from '@sockeye/contract';
import * as z from 'zod';

export const added = event({ payload: z.string(), delivery: 'exactly-once' }); // expect: TS2322
