import { defineContract, errorOf, event, room } from '@sockeye/contract';
import * as z from 'zod';

const snake = z.object({ value: z.string() }).meta({ id: 'snake_case' });

/** Names of every kind, as existing applications write them. */
export const names = defineContract({
  name: 'odd-names-2',
  version: '1.0.0',
  rooms: {
    workSpace: room({ 'space-id': z.string(), $n: z.int() }),
  },
  errors: {
    QUOTA_EXCEEDED: errorOf(z.object({ limit: z.int() })),
    HTTP2_DOWN: errorOf(),
  },
  clientToServer: {
    'chat-message': event({ payload: snake }),
    'GET_USER': event({ payload: z.object({ ID: z.string() }), ack: snake, errors: ['HTTP2_DOWN', 'QUOTA_EXCEEDED'] }),
    'its-here': event({ payload: z.object({ 'content-type': z.string(), 'ünï': z.string(), '1st': z.int(), class: z.string(), "o'clock": z.int().optional() }) }),
    online_users: event({}),
    'room:v2:join': event({ payload: z.object({ 'space-id': z.string(), $n: z.int() }), joins: 'workSpace' }),
    'user.signedIn': event({ payload: z.object({ userID: z.string() }) }),
    'HTTPRequest': event({ payload: z.string() }),
  },
  serverToClient: {
    'chat-message': event({ payload: z.object({ text: z.string() }), room: 'workSpace' }),
    online_users: event({ payload: z.array(z.string()) }),
    'a/b/c': event({ payload: z.int() }),
  },
});
