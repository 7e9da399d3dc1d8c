import {
  collection,
  date,
  defineContract,
  errorOf,
  event,
  expiring,
  feed,
  latest,
  raw,
  room,
} from '@sockeye/contract';
import * as z from 'zod';

const BoardId = z.string().brand<'BoardId'>();

export const contract = defineContract({
  name: 'x',
  version: '1.0.0',
  identity: z.object({ id: z.string() }),
  rooms: {
    board: room({ boardId: BoardId, shard: z.int() }),
    user: room({ userId: z.string() }, { auto: { userId: 'id' } }),
  },
  errors: { BOARD_FULL: errorOf() },
  clientToServer: {
    'board:join': event({
      payload: z.object({ boardId: BoardId, shard: z.int(), at: date().optional() }),
      joins: 'board',
    }),
    'card:add': event({
      payload: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), text: z.string() }),
        z.object({ kind: z.literal('b'), url: z.url() }),
      ]),
      ack: z.string(),
      errors: ['BOARD_FULL', 'CONFLICT'],
    }),
    legacy: event({ args: [z.string(), z.number()], ack: raw([z.string().nullable(), z.number()]) }),
  },
  serverToClient: {
    'card:added': event({ payload: z.object({ text: z.string() }), room: 'board', delivery: 'volatile' }),
  },
});

const Task = z.object({ id: z.string(), version: z.int(), title: z.string() });

export const projected = defineContract({
  name: 'y',
  version: '1.0.0',
  clientToServer: {},
  serverToClient: {
    created: event({ payload: z.object({ task: Task }) }),
    updated: event({ payload: z.object({ taskId: z.string(), changes: Task.partial(), version: z.int() }) }),
    deleted: event({ payload: z.object({ taskId: z.string() }) }),
    typing: event({ payload: z.object({ userId: z.string() }), delivery: 'volatile' }),
  },
  projections: {
    tasks: collection({
      of: Task,
      key: 'id',
      version: 'version',
      upsert: { created: 'task' },
      patch: { updated: { key: 'taskId', changes: 'changes', version: 'version' } },
      remove: { deleted: 'taskId' },
    }),
    typing: expiring({ event: 'typing', key: 'userId', ttl: '4s', clear: { deleted: 'taskId' } }),
    lastTyping: latest({ event: 'typing' }),
    news: feed({ event: 'created', key: 'task', limit: 10 }),
  },
});
