import { bigint, bytes, date, defineContract, event, map, namedCodec, set, url } from '@sockeye/contract';
import * as z from 'zod';

const Money = namedCodec(
  'money@1',
  z.codec(z.string().regex(/^\d+\.\d\d [A-Z]{3}$/), z.object({ amount: z.number(), currency: z.string() }), {
    decode: (text) => ({ amount: Number(text.slice(0, -4)), currency: text.slice(-3) }),
    encode: ({ amount, currency }) => `${amount.toFixed(2)} ${currency}`,
  }),
).meta({ id: 'Money', description: 'An amount of money.' });

const Moment = date().meta({ id: 'Moment' });

export const codecs = defineContract({
  name: 'codecs',
  version: '1.0.0',
  clientToServer: {
    everything: event({
      payload: z.object({
        bigint: bigint(),
        bytes: bytes({ max: 1_000 }),
        date: date(),
        dates: z.array(date()),
        flag: z.stringbool(),
        map: map(z.string(), date()),
        mapOfMaps: map(z.int(), map(z.string(), Money)),
        moment: Moment,
        money: Money,
        nullableDate: date().nullable(),
        optionalDate: date().optional(),
        set: set(bigint()),
        sets: z.array(set(z.string())),
        url: url(),
      }),
      ack: date(),
    }),
    'upload:chunk': event({ payload: bytes(), ack: z.object({ next: Moment.nullable() }) }),
  },
  serverToClient: {
    price: event({ payload: Money }),
    tick: event({ payload: date(), delivery: 'volatile' }),
  },
});
