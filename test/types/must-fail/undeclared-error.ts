import type { BoardHandlers } from '../../golden/board/out/board.server.gen.ts';
import { ctx, handlers } from '../board.ts';

ctx.fail('BOARD_FULL', { limit: 3 });
ctx.fail('NO_SUCH_CODE'); // expect: TS2345
ctx.fail('BOARD_FULL'); // expect: TS2554
ctx.fail('BOARD_FULL', { limit: '3' }); // expect: TS2322

export const wrong: BoardHandlers = {
  ...handlers,
  'cursor:move': (_payload, context) => context.fail('BOARD_FULL', { limit: 3 }), // expect: TS2345
  'card:add': (_payload, context) => context.fail('FORBIDDEN', { room: 'r' }), // expect: TS2345
};

export const foreign: BoardHandlers = {
  ...handlers,
  'board:join': () => ctx.fail('BOARD_FULL', { limit: 3 }), // expect: TS2322
};
