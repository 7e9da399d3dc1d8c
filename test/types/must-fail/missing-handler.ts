import type { BoardHandlers } from '../../golden/board/out/board.server.gen.ts';
import { handlers } from '../board.ts';

const { ping: _, ...others } = handlers;
export const incomplete: BoardHandlers = others; // expect: TS2741
