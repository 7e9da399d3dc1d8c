import { date, defineContract, errorOf, event, room } from '@sockeye/contract';
import * as z from 'zod';

const BoardId = z.string().min(1).max(40).meta({ id: 'BoardId', description: 'Identifies a board.' });

const Card = z
  .object({
    id: z.uuid(),
    text: z.string().min(1).max(200),
    colour: z.enum(['yellow', 'blue']).default('yellow'),
    createdAt: date(),
  })
  .meta({ id: 'Card', description: 'A note on a board.' });

export const board = defineContract({
  name: 'board',
  version: '1.2.0',
  namespace: '/board',
  summary: 'Notes on a wall.',
  auth: z.object({ token: z.string() }),
  identity: z.object({ id: z.string(), name: z.string() }),
  rooms: {
    board: room({ boardId: BoardId }, { summary: 'Everyone who looks at a board.' }),
    user: room({ userId: z.string() }, { auto: { userId: 'id' } }),
  },
  errors: {
    BOARD_FULL: errorOf(z.object({ limit: z.int() }), { summary: 'No room for another card.' }),
    FORBIDDEN: errorOf(z.object({ room: z.string() })),
  },
  clientToServer: {
    'board:join': event({
      summary: 'Look at a board.',
      payload: z.object({ boardId: BoardId }),
      ack: z.object({ cards: z.array(Card) }),
      errors: ['FORBIDDEN'],
      joins: 'board',
    }),
    'card:add': event({
      summary: 'Put a card on the board.',
      payload: z.object({ boardId: BoardId, text: z.string().min(1).max(200) }),
      ack: Card,
      errors: ['BOARD_FULL'],
      within: 'board',
      limit: { rate: 5, per: '1s' },
      timeout: '5s',
    }),
    'cursor:move': event({
      payload: z.object({ boardId: BoardId, x: z.number(), y: z.number() }),
      within: 'board',
      delivery: 'volatile',
    }),
    ping: event({ summary: 'Ask whether the server listens.', deprecated: 'Socket.IO has its own heartbeat.', ack: z.literal('pong') }),
  },
  serverToClient: {
    'card:added': event({ summary: 'Someone put a card on the board.', payload: z.object({ card: Card }), room: 'board' }),
    'cursor:move': event({
      summary: 'Someone moved their cursor.',
      payload: z.object({ boardId: BoardId, userId: z.string(), x: z.number(), y: z.number() }),
      room: 'board',
      delivery: 'volatile',
    }),
    confirm: event({
      summary: 'Ask the user to confirm something.',
      payload: z.object({ question: z.string() }),
      ack: z.object({ yes: z.boolean() }),
    }),
    notice: event({ summary: 'Tell everyone something.', payload: z.object({ text: z.string() }) }),
  },
});
