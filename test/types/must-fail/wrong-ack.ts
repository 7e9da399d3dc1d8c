import type { BoardHandlers } from '../../golden/board/out/board.server.gen.ts';
import { handlers } from '../board.ts';

export const wrong: BoardHandlers = {
  ...handlers,
  ping: () => 'pang', // expect: TS2322
  'board:join': () => ({ card: [] }), // expect: TS2322
  'card:add': ({ text }) => ({ id: 'c', text, colour: 'red', createdAt: new Date() }), // expect: TS2322
  'cursor:move': async () => 1, // expect: TS2322
};
