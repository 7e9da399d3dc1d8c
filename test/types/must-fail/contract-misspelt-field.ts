import { event } from '@sockeye/contract';
import * as z from 'zod';

export const added = event({ payload: z.string(), delivry: 'volatile' }); // expect: TS2322
