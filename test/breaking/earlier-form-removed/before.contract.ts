import { downcast, event, upcast } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

const payload = z.object({ text: z.string() });
const same = (text: { text: string }) => text;

export const inbound = sample({
  clientToServer: {
    save: event({ payload, versions: [{ until: '1.0.0', payload: upcast(payload, same) }] }),
  },
});
export const outbound = sample({
  serverToClient: {
    saved: event({ payload, versions: [{ until: '1.0.0', payload: downcast(payload, same) }] }),
  },
});
