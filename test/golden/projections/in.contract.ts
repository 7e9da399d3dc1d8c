import { collection, defineContract, event, expiring, feed, latest, room } from '@sockeye/contract';
import * as z from 'zod';

const Row = z.object({ sku: z.string(), name: z.string(), note: z.string().optional() });

/** A warehouse whose clients keep state of every kind. */
export const stock = defineContract({
  name: 'stock',
  version: '1.0.0',
  rooms: { shelf: room({ shelf: z.string() }), user: room({ userId: z.string() }, { auto: { userId: 'id' } }) },
  identity: z.object({ id: z.string() }),
  clientToServer: {
    'shelf:open': event({ payload: z.object({ shelf: z.string() }), joins: 'shelf' }),
  },
  serverToClient: {
    'item:put': event({ payload: Row, room: 'shelf' }),
    'item:changed': event({
      payload: z.object({ sku: z.string(), changes: z.object({ note: z.string().nullish() }) }),
      room: 'shelf',
    }),
    'item:taken': event({ payload: z.object({ sku: z.string() }), room: 'shelf' }),
    'item:touched': event({ payload: z.object({ by: z.string(), sku: z.string() }), room: 'shelf' }),
    message: event({ payload: z.object({ id: z.int(), text: z.string() }), room: 'user' }),
    total: event({ payload: z.object({ items: z.int() }) }),
  },
  projections: {
    items: collection({
      of: Row,
      key: 'sku',
      upsert: { 'item:put': true },
      patch: { 'item:changed': { key: 'sku', changes: 'changes' } },
      remove: { 'item:taken': 'sku' },
    }),
    hands: expiring({ event: 'item:touched', key: 'by', ttl: '1.5s', clear: { 'item:taken': 'sku' } }),
    inbox: feed({ summary: 'Messages to you.', event: 'message', key: 'id', limit: 20 }),
    total: latest({ event: 'total' }),
  },
});
