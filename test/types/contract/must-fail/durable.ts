import { event } from '@sockeye/contract';
import * as z from 'zod';

// expect: TS2322 "durable"
export const added = event({ payload: z.string(), delivery: 'durable' });
