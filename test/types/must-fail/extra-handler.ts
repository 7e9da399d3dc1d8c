import type { BoardHandlers } from '../../golden/board/out/board.server.gen.ts';
import { handlers } from '../board.ts';

export const tooMany: BoardHandlers = {
  ...handlers,
  'card:ad': () => undefined, // expect: TS2353
};
