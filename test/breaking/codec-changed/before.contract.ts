import { namedCodec } from '@sockeye/contract';
import * as z from 'zod';
import { carry } from '../fixture.ts';

const shout = namedCodec(
  'shout@1',
  z.codec(z.string(), z.string(), { decode: (text) => text, encode: (text) => text }),
);
export const { inbound, outbound } = carry(z.object({ value: shout }));
