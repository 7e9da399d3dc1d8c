import { defineContract, event, room } from '@sockeye/contract';
import * as z from 'zod';

const Id = z.string().regex(/^[0-9a-f]{24}$/);

/** About 90 bytes of JSON. */
const Small = z.object({ roomId: Id, userId: Id, x: z.number().min(0).max(10_000), typing: z.boolean() });

/** About 500 bytes of JSON: a task as a REST API would return it. */
const Medium = z.object({
  id: Id,
  roomId: Id,
  title: z.string().min(1).max(200),
  notes: z.string().max(2_000).optional(),
  status: z.enum(['todo', 'doing', 'done']),
  priority: z.int().min(1).max(5),
  labels: z.array(z.string().min(1).max(30)).max(20),
  assignee: z.object({ id: Id, name: z.string().min(1).max(80), email: z.email() }).nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  position: z.object({ column: z.int().min(0), row: z.int().min(0) }),
});

/** Two payloads in every role, so that runtime cost can be told from payload cost. */
export const load = defineContract({
  name: 'load',
  version: '1.0.0',
  rooms: { load: room({ roomId: Id }) },
  clientToServer: {
    'load:join': event({ payload: z.object({ roomId: Id }), joins: 'load' }),
    small: event({ payload: Small }),
    medium: event({ payload: Medium }),
    'small:ask': event({ payload: Small, ack: z.object({ n: z.int() }) }),
    'medium:ask': event({ payload: Medium, ack: Medium }),
  },
  serverToClient: {
    'small:sent': event({ payload: Small, room: 'load' }),
    'medium:sent': event({ payload: Medium, room: 'load' }),
  },
});
