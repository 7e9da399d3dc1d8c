import { defineContract, event, room } from '@sockeye/contract';
import * as z from 'zod';

/** No auth, no identity, no errors; a room without events, and one that only the server fills. */
export const weather = defineContract({
  name: 'weather-station',
  version: '2.0.1',
  rooms: {
    city: room({ country: z.string(), city: z.string() }),
    lobby: room({ lobby: z.int() }),
    shard: room({ shard: z.int() }),
  },
  clientToServer: {
    'city:watch': event({
      payload: z.object({ country: z.string(), city: z.string() }),
      joins: 'city',
    }),
    'city:unwatch': event({
      payload: z.object({ country: z.string(), city: z.string() }),
      leaves: 'city',
    }),
    'lobby:enter': event({ payload: z.object({ lobby: z.int() }), joins: 'lobby' }),
  },
  serverToClient: {
    'weather:changed': event({
      payload: z.object({ city: z.string(), country: z.string(), degrees: z.number() }),
      room: 'city',
    }),
    'weather:storm': event({ payload: z.object({ city: z.string() }), room: 'city' }),
    'shard:moved': event({ room: 'shard' }),
  },
});
