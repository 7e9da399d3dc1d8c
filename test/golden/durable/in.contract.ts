import { collection, defineContract, event, room } from '@sockeye/contract';
import * as z from 'zod';

const Message = z
  .object({ id: z.string(), channelId: z.string(), text: z.string().max(2_000) })
  .meta({ id: 'Message' });

/** Rooms with and without a log, durable and fleeting events side by side, commands that take effect once. */
export const journal = defineContract({
  name: 'journal',
  version: '1.0.0',
  identity: z.object({ id: z.string() }),
  rooms: {
    channel: room({ channelId: z.string() }, { history: 'sinceJoin', keep: 500, maxAge: '30d' }),
    user: room({ userId: z.string() }, { auto: { userId: 'id' }, summary: 'Every tab of one user.' }),
    lobby: room({ lobbyId: z.string() }),
  },
  clientToServer: {
    'channel:join': event({ payload: z.object({ channelId: z.string() }), joins: 'channel' }),
    'lobby:join': event({ payload: z.object({ lobbyId: z.string() }), joins: 'lobby' }),
    'message:send': event({
      summary: 'Writes a message.',
      payload: z.object({ channelId: z.string(), text: z.string().max(2_000) }),
      ack: Message,
      within: 'channel',
      once: true,
    }),
  },
  serverToClient: {
    'message:new': event({ payload: Message, room: 'channel', delivery: 'durable' }),
    'message:removed': event({
      payload: z.object({ messageId: z.string() }),
      room: 'channel',
      delivery: 'durable',
    }),
    'channel:typing': event({
      payload: z.object({ channelId: z.string(), name: z.string() }),
      room: 'channel',
      delivery: 'volatile',
    }),
    notice: event({ payload: z.object({ text: z.string() }), room: 'user', delivery: 'durable' }),
    'lobby:open': event({ payload: z.object({ lobbyId: z.string() }), room: 'lobby' }),
  },
  projections: {
    messages: collection({
      of: Message,
      key: 'id',
      upsert: { 'message:new': true },
      remove: { 'message:removed': 'messageId' },
    }),
  },
});
