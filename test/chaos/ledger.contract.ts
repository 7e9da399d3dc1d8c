import { defineContract, event, room } from '@sockeye/contract';
import * as z from 'zod';

const bookId = z.string().max(20);
const Entry = z.object({ bookId, value: z.string().max(40) });

/** What a chaos run keeps its books by: commands that count once, and entries that nobody may miss. */
export const ledger = defineContract({
  name: 'ledger',
  version: '1.0.0',
  auth: z.object({ user: z.string().max(20) }),
  identity: z.object({ id: z.string() }),
  rooms: { book: room({ bookId }, { keep: 1_000_000, maxAge: '1d' }) },
  clientToServer: {
    'book:open': event({ payload: z.object({ bookId }), ack: z.object({}), joins: 'book' }),
    'entry:add': event({ payload: Entry, ack: z.object({}), once: true }),
    'entry:note': event({
      summary: 'The same, without a transaction.',
      payload: Entry,
      ack: z.object({}),
      once: true,
    }),
  },
  serverToClient: {
    'entry:added': event({ payload: Entry, room: 'book', delivery: 'durable' }),
  },
});
